package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.plutus.spec.PlutusV3Script;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.cbor.CborWriter;
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
        return PlutusV3Script.builder().cborHex(HexFormat.of().formatHex(CborWriter.byteString(bytes))).build();
    }
}
