package io.masumi.node.chain;

import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import java.util.Arrays;

/** Signed transactions that no ledger takes. */
final class Forgery {

    private Forgery() {}

    /** With a signature that does not hold. */
    static SignedTransaction of(SignedTransaction signed) {
        byte[] bytes = signed.bytes().clone();
        bytes[signature(bytes)] ^= 1;
        return with(signed, bytes);
    }

    /** Without the last byte, so that it cannot be decoded. */
    static SignedTransaction cutShort(SignedTransaction signed) {
        return with(signed, Arrays.copyOf(signed.bytes(), signed.bytes().length - 1));
    }

    private static SignedTransaction with(SignedTransaction signed, byte[] bytes) {
        return new SignedTransaction(bytes, signed.hash(), signed.validUntilSlot(), signed.feeLovelace(), signed.inputs(),
                signed.collateral(), signed.change(), signed.agentIdentifier());
    }

    /** Where the signature begins: in a list of two byte strings, a key of 32 bytes and it, of 64. */
    private static int signature(byte[] cbor) {
        for (int i = 0; i + 37 < cbor.length; i++) {
            if (cbor[i] == (byte) 0x82 && cbor[i + 1] == 0x58 && cbor[i + 2] == 32 && cbor[i + 35] == 0x58 && cbor[i + 36] == 64) {
                return i + 37;
            }
        }
        throw new IllegalArgumentException("there is no signature");
    }
}
