package io.masumi.node.chain;

import io.masumi.node.chain.transaction.SignedTransaction;

/** Signed transactions with a signature that does not hold. */
final class Forgery {

    private Forgery() {}

    static SignedTransaction of(SignedTransaction signed) {
        byte[] bytes = signed.bytes().clone();
        bytes[signature(bytes)] ^= 1;
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
