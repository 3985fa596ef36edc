package io.masumi.node.chain.cardano.provider;

import com.bloxbean.cardano.client.api.model.ProtocolParams;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.Funds;
import io.masumi.node.cardano.OutputRef;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Takes what the node needs out of a Blockfrost API's JSON. Whatever lacks a member or has one of another form is the provider's fault:
 * every method may throw {@link ProviderUnavailableException}.
 */
final class BlockfrostJson {

    private static final long MILLIS = 1000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private BlockfrostJson() {}

    static Inclusion inclusion(JsonNode tx) {
        boolean passed = !tx.has("valid_contract") || tx.get("valid_contract").asBoolean();
        return new Inclusion(new ChainPoint(number(tx, "slot"), text(tx, "block"), number(tx, "block_height"),
                number(tx, "block_time") * MILLIS), number(tx, "fees"), passed);
    }

    /** What was really spent: the collateral when a script failed. */
    static List<ChainTransaction.Input> inputs(JsonNode utxos, boolean passed) {
        return elements(utxos, "inputs").stream().filter(input -> !flag(input, "reference") && flag(input, "collateral") != passed)
                .map(input -> new ChainTransaction.Input(new OutputRef(text(input, "tx_hash"), (int) number(input, "output_index")),
                        text(input, "address"), funds(input.get("amount")), optionalText(input, "inline_datum")))
                .sorted(Comparator.comparing((ChainTransaction.Input input) -> input.ref().transactionHash())
                        .thenComparing(input -> input.ref().index()))
                .toList();
    }

    /** What really came out: the collateral's return when a script failed. */
    static List<ChainTransaction.Output> outputs(JsonNode utxos, boolean passed) {
        return elements(utxos, "outputs").stream().filter(output -> flag(output, "collateral") != passed)
                .map(output -> new ChainTransaction.Output((int) number(output, "output_index"), text(output, "address"),
                        funds(output.get("amount")), optionalText(output, "inline_datum"), optionalText(output, "reference_script_hash")))
                .toList();
    }

    static OutputRef ref(String transactionHash, JsonNode output) {
        return new OutputRef(transactionHash, (int) number(output, "output_index"));
    }

    /** Names of cost model entries have no order that all APIs agree on, so the raw lists are taken where there are any. */
    static ProtocolParams protocol(JsonNode parameters) {
        JsonNode raw = parameters.get("cost_models_raw");
        if (raw != null && raw.isObject()) {
            ObjectNode models = ((ObjectNode) parameters).putObject("cost_models");
            for (Map.Entry<String, JsonNode> language : raw.properties()) {
                ObjectNode numbered = models.putObject(language.getKey());
                for (int i = 0; i < language.getValue().size(); i++) {
                    numbered.set(Integer.toString(i), language.getValue().get(i));
                }
            }
        }
        try {
            return ProtocolParameterGuards.required(MAPPER.treeToValue(parameters, ProtocolParams.class));
        } catch (JsonProcessingException e) {
            throw unreadable("the protocol parameters", e);
        }
    }

    static ChainPoint point(JsonNode block) {
        return new ChainPoint(number(block, "slot"), text(block, "hash"), number(block, "height"), number(block, "time") * MILLIS);
    }

    static Utxo utxo(OutputRef ref, String address, JsonNode row, String block) {
        return new Utxo(ref, address, funds(row.get("amount")), optionalText(row, "data_hash"), optionalText(row, "inline_datum"),
                optionalText(row, "reference_script_hash"), block);
    }

    static Funds funds(JsonNode amounts) {
        if (amounts == null || !amounts.isArray()) {
            throw unreadable("an amount", null);
        }
        try {
            return Funds.of(stream(amounts).map(each -> new Amount(text(each, "unit"), new BigInteger(text(each, "quantity")))).toList());
        } catch (IllegalArgumentException e) {
            throw unreadable("an amount", e);
        }
    }

    static List<JsonNode> elements(JsonNode object, String member) {
        return stream(object.path(member)).toList();
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static boolean flag(JsonNode object, String member) {
        return object.path(member).asBoolean(false);
    }

    static String optionalText(JsonNode object, String member) {
        JsonNode value = object.get(member);
        return value == null || value.isNull() ? null : value.asText();
    }

    static String text(JsonNode object, String member) {
        String value = optionalText(object, member);
        if (value == null) {
            throw unreadable("'" + member + "'", null);
        }
        return value;
    }

    static long number(JsonNode object, String member) {
        try {
            return Long.parseLong(text(object, member));
        } catch (NumberFormatException e) {
            throw unreadable("'" + member + "'", e);
        }
    }

    static ProviderUnavailableException unreadable(String what, Throwable cause) {
        return new ProviderUnavailableException("the chain provider answers without a readable form of " + what, cause);
    }
}
