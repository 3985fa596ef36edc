package io.masumi.node.devnet.ledger;

import com.bloxbean.cardano.client.plutus.spec.RedeemerTag;

import java.math.BigInteger;

/**
 * A redeemer with the budget its transaction declares for it.
 *
 * @param pointer which purpose it is for
 * @param cbor its data as sent
 * @param memory declared memory units
 * @param steps declared CPU steps
 */
public record LedgerRedeemer(Pointer pointer, byte[] cbor, BigInteger memory, BigInteger steps) {

    /** The index counts the sorted inputs or the sorted minting policies. */
    public record Pointer(RedeemerTag tag, int index) {
        @Override
        public String toString() {
            return tag.name().toLowerCase(java.util.Locale.ROOT) + " " + index;
        }
    }
}
