package io.masumi.node.devnet.chain;

import co.nstant.in.cbor.CborException;
import com.bloxbean.cardano.client.address.Address;
import com.bloxbean.cardano.client.common.cbor.CborSerializationUtil;
import com.bloxbean.cardano.client.exception.AddressExcepion;
import com.bloxbean.cardano.client.exception.CborSerializationException;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import com.bloxbean.cardano.client.transaction.spec.Value;

import java.math.BigInteger;

/** The one output that no transaction made. */
final class GenesisOutput {
    private GenesisOutput() {}

    static byte[] cbor(Address address, BigInteger lovelace) {
        try {
            var output = TransactionOutput.builder().address(address.toBech32()).value(Value.fromCoin(lovelace)).build();
            return CborSerializationUtil.serialize(output.serialize());
        } catch (CborSerializationException | AddressExcepion | CborException e) {
            throw new IllegalStateException("the genesis output cannot be written", e);
        }
    }
}
