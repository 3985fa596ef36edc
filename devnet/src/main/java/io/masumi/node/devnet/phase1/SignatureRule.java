package io.masumi.node.devnet.phase1;

import com.bloxbean.cardano.client.crypto.api.SigningProvider;
import com.bloxbean.cardano.client.crypto.config.CryptoConfiguration;
import io.masumi.node.devnet.ledger.KeyWitness;
import io.masumi.node.devnet.ledger.LedgerFailure;

/** Every signature given is right over the hash of the body as sent, and every needed one is given. */
final class SignatureRule implements Phase1Rule {
    private final SigningProvider ed25519 = CryptoConfiguration.INSTANCE.getSigningProvider();

    @Override
    public void check(Subject subject, Findings findings) {
        var transaction = subject.transaction();
        var keys = transaction.witnesses().keys();
        byte[] signed = transaction.bodyHash();
        var wrong = keys.stream().filter(witness -> !verifies(witness, signed)).map(KeyWitness::keyHash).toList();
        findings.require(wrong.isEmpty(), LedgerFailure.InvalidWitnessesUTXOW, wrong.toString());
        var missing = subject.neededKeys();
        keys.forEach(witness -> missing.remove(witness.keyHash()));
        findings.require(missing.isEmpty(), LedgerFailure.MissingVKeyWitnessesUTXOW, missing.toString());
    }

    private boolean verifies(KeyWitness witness, byte[] message) {
        try {
            return ed25519.verify(witness.signature(), message, witness.publicKey());
        } catch (RuntimeException notAPoint) {
            return false;
        }
    }
}
