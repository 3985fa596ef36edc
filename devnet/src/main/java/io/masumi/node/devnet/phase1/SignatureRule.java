package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.KeyWitness;
import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import java.util.List;
import java.util.TreeSet;

/** Every signature given is right over the hash of the body as sent, and every needed one is given. */
final class SignatureRule implements Phase1Rule {
    private final Ed25519 ed25519 = new Ed25519();

    @Override
    public void check(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        List<KeyWitness> keys = transaction.witnesses().keys();
        byte[] signed = transaction.bodyHash();
        List<String> wrong = keys.stream().filter(witness -> !ed25519.verifies(witness.publicKey(), witness.signature(), signed))
                .map(KeyWitness::keyHash).toList();
        findings.require(wrong.isEmpty(), LedgerFailure.InvalidWitnessesUTXOW, wrong.toString());
        TreeSet<String> missing = subject.neededKeys();
        keys.forEach(witness -> missing.remove(witness.keyHash()));
        findings.require(missing.isEmpty(), LedgerFailure.MissingVKeyWitnessesUTXOW, missing.toString());
    }
}
