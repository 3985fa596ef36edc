package io.masumi.node.devnet.phase1;

import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import io.masumi.node.cbor.CborItem;
import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerTransaction;

import java.util.Arrays;
import java.util.Optional;

/** The body names the hash of the auxiliary data as sent; metadata texts and byte strings have at most 64 bytes. */
final class AuxiliaryDataRule implements Phase1Rule {
    private static final int MAXIMUM_STRING = 64;

    @Override
    public void check(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        Optional<byte[]> stated = transaction.hashes().auxiliaryData();
        Optional<CborItem> data = transaction.auxiliaryData();
        findings.require(data.isEmpty() || stated.isPresent(), LedgerFailure.MissingTxBodyMetadataHash, "");
        findings.require(stated.isEmpty() || data.isPresent(), LedgerFailure.MissingTxMetadata, "");
        if (data.isPresent() && stated.isPresent()) {
            findings.require(Arrays.equals(stated.get(), Blake2bUtil.blake2bHash256(data.get().bytes())),
                    LedgerFailure.ConflictingMetadataHash, "");
        }
        TransactionMetadata.of(transaction)
                .forEach((label, value) -> findings.require(isAllowed(value), LedgerFailure.InvalidMetadata, "label " + label));
    }

    private static boolean isAllowed(CborItem item) {
        return switch (item.kind()) {
            case TEXT, BYTES -> item.contentLength() <= MAXIMUM_STRING;
            case ARRAY -> item.items().stream().allMatch(AuxiliaryDataRule::isAllowed);
            case MAP -> item.entries().stream().allMatch(entry -> isAllowed(entry.getKey()) && isAllowed(entry.getValue()));
            case UNSIGNED, NEGATIVE -> true;
            case TAG, SIMPLE -> false;
        };
    }
}
