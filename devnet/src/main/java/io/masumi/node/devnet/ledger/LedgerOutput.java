package io.masumi.node.devnet.ledger;

import java.util.stream.Stream;
import com.bloxbean.cardano.client.address.Address;
import com.bloxbean.cardano.client.common.cbor.CborSerializationUtil;
import com.bloxbean.cardano.client.exception.CborDeserializationException;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;

import java.util.HexFormat;
import java.util.Optional;

/**
 * A transaction output.
 *
 * @param valueSize bytes of the value's encoding, for the limit on it
 * @param cbor the output as it was sent: minimum-UTxO is computed from its size
 */
public record LedgerOutput(Address address, LedgerValue value, int valueSize, OutputDatum datum, Optional<LedgerScript> referenceScript,
        byte[] cbor) {

    /** What outputs hold together. */
    public static LedgerValue sum(Stream<LedgerOutput> outputs) {
        return outputs.map(LedgerOutput::value).reduce(LedgerValue.ZERO, LedgerValue::plus);
    }

    public String bech32() {
        return address.toBech32();
    }

    /** The script hash that must agree to spending this output, in hex; empty for an output under a key. */
    public Optional<String> lockingScript() {
        return address.isScriptHashInPaymentPart() ? paymentCredential() : Optional.empty();
    }

    /** The key hash that must sign for spending this output, in hex; empty for an output under a script. */
    public Optional<String> lockingKey() {
        return address.isPubKeyHashInPaymentPart() ? paymentCredential() : Optional.empty();
    }

    public Optional<String> paymentCredential() {
        return address.getPaymentCredentialHash().map(HexFormat.of()::formatHex);
    }

    /** A fresh copy for cardano-client-lib and Scalus, whose types are mutable. */
    public TransactionOutput toClientLibrary() {
        try {
            return TransactionOutput.deserialize(CborSerializationUtil.deserialize(cbor));
        } catch (CborDeserializationException e) {
            throw new IllegalStateException("an accepted output cannot be read again", e);
        }
    }
}
