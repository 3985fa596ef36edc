package io.masumi.node.devnet.blockfrost;

import co.nstant.in.cbor.CborException;
import co.nstant.in.cbor.model.UnsignedInteger;
import com.bloxbean.cardano.client.common.cbor.CborSerializationUtil;

import java.math.BigInteger;

/** A metadata label as a CBOR integer. */
final class CborLabel {
    private CborLabel() {}

    static byte[] encode(BigInteger label) {
        try {
            return CborSerializationUtil.serialize(new UnsignedInteger(label));
        } catch (CborException e) {
            throw new IllegalStateException("a number cannot be written", e);
        }
    }
}
