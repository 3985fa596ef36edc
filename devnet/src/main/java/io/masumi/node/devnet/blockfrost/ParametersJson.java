package io.masumi.node.devnet.blockfrost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.ScriptLanguage;

import java.math.BigDecimal;
import java.util.Map;

/** Protocol parameters as Blockfrost gives them. What this ledger does not use has Preprod's value. */
final class ParametersJson {
    private static final Map<ScriptLanguage, String> LANGUAGES = Map.of(ScriptLanguage.PLUTUS_V1, "PlutusV1", ScriptLanguage.PLUTUS_V2,
            "PlutusV2", ScriptLanguage.PLUTUS_V3, "PlutusV3");

    private final ProtocolParameters parameters;

    ParametersJson(ProtocolParameters parameters) {
        this.parameters = parameters;
    }

    JsonNode of(long epoch) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("epoch", epoch);
        json.put("min_fee_a", parameters.fees().perByte()).put("min_fee_b", parameters.fees().constant());
        json.put("max_block_size", parameters.block().size()).put("max_tx_size", parameters.transaction().size());
        json.put("max_block_header_size", 1100);
        json.put("key_deposit", parameters.keyDeposit().toString()).put("pool_deposit", "500000000");
        json.put("e_max", 18).put("n_opt", 500);
        json.put("a0", decimal("0.3")).put("rho", decimal("0.003")).put("tau", decimal("0.2"));
        json.put("decentralisation_param", 0).putNull("extra_entropy");
        json.put("protocol_major_ver", parameters.version().major()).put("protocol_minor_ver", parameters.version().minor());
        json.put("min_utxo", parameters.coinsPerUtxoByte().toString()).put("min_pool_cost", "170000000");
        json.put("nonce", "0000000000000000000000000000000000000000000000000000000000000000");
        addScripts(json);
        addGovernance(json);
        return json;
    }

    private void addScripts(ObjectNode json) {
        var models = json.putObject("cost_models");
        var raw = json.putObject("cost_models_raw");
        for (var language : java.util.List.of(ScriptLanguage.PLUTUS_V1, ScriptLanguage.PLUTUS_V2, ScriptLanguage.PLUTUS_V3)) {
            var named = models.putObject(LANGUAGES.get(language));
            var list = raw.putArray(LANGUAGES.get(language));
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

    private static void addGovernance(ObjectNode json) {
        for (String pool : new String[]{"pvt_motion_no_confidence", "pvt_committee_normal", "pvt_committee_no_confidence",
                "pvt_hard_fork_initiation", "pvt_p_p_security_group", "pvtpp_security_group"}) {
            json.put(pool, decimal("0.51"));
        }
        for (String representative : new String[]{"dvt_motion_no_confidence", "dvt_committee_normal", "dvt_p_p_network_group",
                "dvt_p_p_economic_group", "dvt_p_p_technical_group", "dvt_treasury_withdrawal"}) {
            json.put(representative, decimal("0.67"));
        }
        json.put("dvt_committee_no_confidence", decimal("0.6")).put("dvt_hard_fork_initiation", decimal("0.6"));
        json.put("dvt_update_to_constitution", decimal("0.75")).put("dvt_p_p_gov_group", decimal("0.75"));
        json.put("committee_min_size", "7").put("committee_max_term_length", "146").put("gov_action_lifetime", "6");
        json.put("gov_action_deposit", "100000000000").put("drep_deposit", "500000000").put("drep_activity", "20");
    }

    private static BigDecimal decimal(String value) {
        return new BigDecimal(value);
    }
}
