package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.plutus.spec.PlutusV3Script;
import com.bloxbean.cardano.client.common.cbor.CborSerializationUtil;
import co.nstant.in.cbor.CborException;
import co.nstant.in.cbor.model.ByteString;
import io.masumi.node.chain.wallet.Utxo;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A Plutus V3 script that a transaction runs.
 *
 * @param bytes the script as the ledger hashes it
 * @param carrier an output that carries it (CIP-33); otherwise it goes into the witness set
 */
record ScriptUse(String hash, byte[] bytes, Optional<Utxo> carrier) {

    /** Wrapped once more, as witness sets hold it. */
    PlutusV3Script toWitness() {
        try {
            return PlutusV3Script.builder().cborHex(HexFormat.of().formatHex(CborSerializationUtil.serialize(new ByteString(bytes))))
                    .build();
        } catch (CborException e) {
            throw new IllegalStateException("a byte string can be written", e);
        }
    }
}
