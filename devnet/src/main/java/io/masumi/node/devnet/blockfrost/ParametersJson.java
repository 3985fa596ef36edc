package io.masumi.node.devnet.blockfrost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.ScriptLanguage;
import java.util.List;
import java.io.UncheckedIOException;
import java.io.IOException;
import java.io.InputStream;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

import java.util.Map;

/** Protocol parameters as Blockfrost gives them. What this ledger does not use has Preprod's value. */
final class ParametersJson {
    private static final Map<ScriptLanguage, String> LANGUAGES = Map.of(ScriptLanguage.PLUTUS_V1, "PlutusV1", ScriptLanguage.PLUTUS_V2,
            "PlutusV2", ScriptLanguage.PLUTUS_V3, "PlutusV3");

    private final ProtocolParameters parameters;
    private final ObjectNode unused;

    ParametersJson(ProtocolParameters parameters) {
        this.parameters = parameters;
        try (InputStream preprod = ProtocolParameters.class.getResourceAsStream("/io/masumi/node/devnet/preprod-parameters.json")) {
            this.unused = (ObjectNode) new ObjectMapper().readTree(preprod);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled protocol parameters cannot be read", e);
        }
    }

    JsonNode of(long epoch) {
        ObjectNode json = unused.deepCopy();
        json.put("epoch", epoch);
        json.put("min_fee_a", parameters.fees().perByte()).put("min_fee_b", parameters.fees().constant());
        json.put("max_block_size", parameters.block().size()).put("max_tx_size", parameters.transaction().size());
        json.put("key_deposit", parameters.keyDeposit().toString()).put("min_utxo", parameters.coinsPerUtxoByte().toString());
        json.put("protocol_major_ver", parameters.version().major()).put("protocol_minor_ver", parameters.version().minor());
        addScripts(json);
        return json;
    }

    private void addScripts(ObjectNode json) {
        ObjectNode models = json.putObject("cost_models");
        ObjectNode raw = json.putObject("cost_models_raw");
        for (ScriptLanguage language : List.of(ScriptLanguage.PLUTUS_V1, ScriptLanguage.PLUTUS_V2, ScriptLanguage.PLUTUS_V3)) {
            ObjectNode named = models.putObject(LANGUAGES.get(language));
            ArrayNode list = raw.putArray(LANGUAGES.get(language));
            parameters.costModels().get(language).forEach((name, cost) -> {
                named.put(name, cost);
                list.add(cost);
            });
        }
        json.put("price_mem", parameters.prices().memory()).put("price_step", parameters.prices().step());
        json.put("max_tx_ex_mem", parameters.transaction().memory().toString());
        json.put("max_tx_ex_steps", parameters.transaction().steps().toString());
        json.put("max_block_ex_mem", parameters.block().memory().toString());
        json.put("max_block_ex_steps", parameters.block().steps().toString());
        json.put("max_val_size", String.valueOf(parameters.maxValueSize()));
        json.put("collateral_percent", parameters.collateral().percent()).put("max_collateral_inputs", parameters.collateral().maxInputs());
        json.put("coins_per_utxo_size", parameters.coinsPerUtxoByte().toString());
        json.put("coins_per_utxo_word", parameters.coinsPerUtxoByte().toString());
        json.put("min_fee_ref_script_cost_per_byte", parameters.fees().perReferenceScriptByte());
    }
}
