package io.masumi.node.devnet.blockfrost;

import com.bloxbean.cardano.client.crypto.Bech32;
import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.cbor.CborItem;
import io.masumi.node.devnet.chain.AssetHistory;
import io.masumi.node.devnet.chain.ChainState;
import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.http.HttpError;
import io.masumi.node.devnet.http.HttpReply;
import io.masumi.node.devnet.http.HttpRequest;
import io.masumi.node.devnet.http.Routes;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.LedgerValue;
import io.masumi.node.devnet.phase1.TransactionMetadata;
import java.util.Optional;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** {@code /assets}. */
final class AssetEndpoints {
    private static final String CIP25_LABEL = "721";

    private final Ledger ledger;

    AssetEndpoints(Ledger ledger) {
        this.ledger = ledger;
    }

    void addTo(Routes routes, String base) {
        routes.get(base + "/assets/policy/{policy}", this::ofPolicy);
        routes.get(base + "/assets/{asset}", request -> reply(request, (state, asset) -> summary(state, request.variable("asset"), asset)));
        routes.get(base + "/assets/{asset}/addresses", request -> reply(request, (state, asset) -> holders(state, request)));
        routes.get(base + "/assets/{asset}/transactions",
                request -> reply(request, (state, asset) -> new Found(ledger).places(state, request, asset.transactions())));
        routes.get(base + "/assets/{asset}/history", request -> reply(request, (state, asset) -> history(state, request, asset)));
    }

    private HttpReply reply(HttpRequest request, BiFunction<ChainState, AssetHistory, JsonNode> view) {
        String unit = requireUnit(request.variable("asset"));
        return new Found(ledger).reply(state -> state.asset(unit), view);
    }

    /** @throws HttpError when the text is not a policy id and an asset name in hex */
    static String requireUnit(String unit) {
        if (!unit.matches("([0-9a-f]{2}){28,60}")) {
            throw HttpError.badRequest("Invalid or malformed asset format.");
        }
        return unit;
    }

    private HttpReply ofPolicy(HttpRequest request) {
        String policy = request.variable("policy");
        if (!policy.matches("[0-9a-f]{56}")) {
            throw HttpError.badRequest("Invalid or malformed policy format.");
        }
        return new Found(ledger).reply(state -> Optional.of(state.assetsOf(policy)).filter(units -> !units.isEmpty()),
                (state, units) -> Page.of(request).json(units,
                        (json, unit) -> json.put("asset", unit).put("quantity", state.asset(unit).orElseThrow().quantity().toString())));
    }

    private static JsonNode summary(ChainState state, String unit, AssetHistory asset) {
        String policy = unit.substring(0, LedgerValue.POLICY_HEX_LENGTH);
        String name = unit.substring(LedgerValue.POLICY_HEX_LENGTH);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("asset", unit).put("policy_id", policy).put("asset_name", name.isEmpty() ? null : name);
        json.put("fingerprint", fingerprint(unit));
        json.put("quantity", asset.quantity().toString());
        json.put("initial_mint_tx_hash", asset.mintsAndBurns().getFirst());
        json.put("mint_or_burn_count", asset.mintsAndBurns().size());
        json.set("onchain_metadata", onChainMetadata(state, policy, name, asset));
        json.putNull("onchain_metadata_standard").putNull("onchain_metadata_extra").putNull("metadata");
        return json;
    }

    /** CIP-14: bech32 of a 20-byte blake2b of policy and name. */
    private static String fingerprint(String unit) {
        return Bech32.encode(Blake2bUtil.blake2bHash160(HexFormat.of().parseHex(unit)), "asset");
    }

    /** CIP-25: what the latest minting transaction says of the asset under label 721, its name as hex or as text. */
    private static JsonNode onChainMetadata(ChainState state, String policy, String name, AssetHistory asset) {
        for (String id : asset.mintsAndBurns().reversed()) {
            LedgerTransaction transaction = state.transaction(id).orElseThrow().applied().transaction();
            CborItem labelled = TransactionMetadata.of(transaction).get(CIP25_LABEL);
            if (labelled != null && transaction.mint().quantityOf(policy + name).signum() > 0) {
                JsonNode ofPolicy = Metadata.json(labelled).path(policy);
                JsonNode asText = ofPolicy.path(new String(HexFormat.of().parseHex(name), StandardCharsets.UTF_8));
                JsonNode found = ofPolicy.path(name).isMissingNode() ? asText : ofPolicy.path(name);
                return found.isMissingNode() ? JsonNodeFactory.instance.nullNode() : found;
            }
        }
        return JsonNodeFactory.instance.nullNode();
    }

    private static JsonNode holders(ChainState state, HttpRequest request) {
        String unit = request.variable("asset");
        Map<String, BigInteger> quantities = new LinkedHashMap<>();
        state.unspent().values().stream().filter(output -> output.value().quantityOf(unit).signum() > 0)
                .forEach(output -> quantities.merge(output.bech32(), output.value().quantityOf(unit), BigInteger::add));
        return Page.of(request).json(List.copyOf(quantities.entrySet()),
                (json, entry) -> json.put("address", entry.getKey()).put("quantity", entry.getValue().toString()));
    }

    private static JsonNode history(ChainState state, HttpRequest request, AssetHistory asset) {
        String unit = request.variable("asset");
        return Page.of(request).json(asset.mintsAndBurns(), (json, id) -> {
            BigInteger amount = state.transaction(id).orElseThrow().applied().transaction().mint().quantityOf(unit);
            json.put("tx_hash", id).put("action", amount.signum() > 0 ? "minted" : "burned").put("amount", amount.toString());
        });
    }
}
