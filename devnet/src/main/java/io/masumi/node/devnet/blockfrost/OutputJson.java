package io.masumi.node.devnet.blockfrost;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerScript;
import io.masumi.node.devnet.ledger.OutputDatum;

import java.util.HexFormat;

/** The members that Blockfrost gives for an output wherever one is shown. */
final class OutputJson {
    private OutputJson() {}

    static ObjectNode put(ObjectNode json, LedgerOutput output) {
        json.put("address", output.bech32());
        json.set("amount", Amounts.of(output.value()));
        switch (output.datum()) {
            case OutputDatum.None() -> json.putNull("data_hash").putNull("inline_datum");
            case OutputDatum.Hash(var hash) -> json.put("data_hash", hash).putNull("inline_datum");
            // As db-sync does, the hash is given for an inline datum too.
            case OutputDatum.Inline(var hash, var cbor) -> json.put("data_hash", hash).put("inline_datum", HexFormat.of().formatHex(cbor));
        }
        json.put("reference_script_hash", output.referenceScript().map(LedgerScript::hash).orElse(null));
        return json;
    }
}
