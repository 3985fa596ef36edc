package io.masumi.node.devnet.blockfrost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.cbor.CborItem;
import io.masumi.node.devnet.chain.ChainState;
import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.http.HttpReply;
import io.masumi.node.devnet.http.HttpRequest;
import io.masumi.node.devnet.http.Routes;
import io.masumi.node.devnet.ledger.LedgerScript;

import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/** {@code /scripts}. */
final class ScriptEndpoints {
    private final Ledger ledger;

    ScriptEndpoints(Ledger ledger) {
        this.ledger = ledger;
    }

    void addTo(Routes routes, String base) {
        routes.get(base + "/scripts/datum/{hash}",
                request -> reply(state -> state.datum(request.variable("hash")), ScriptEndpoints::datumJson));
        routes.get(base + "/scripts/datum/{hash}/cbor", request -> reply(state -> state.datum(request.variable("hash")),
                cbor -> JsonNodeFactory.instance.objectNode().put("cbor", HexFormat.of().formatHex(cbor))));
        routes.get(base + "/scripts/{hash}", request -> script(request, ScriptEndpoints::summary));
        routes.get(base + "/scripts/{hash}/cbor", request -> script(request, script -> JsonNodeFactory.instance.objectNode().put("cbor",
                script.language().isPlutus() ? HexFormat.of().formatHex(script.code()) : null)));
        routes.get(base + "/scripts/{hash}/json", request -> script(request, script -> {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.set("json", script.language().isPlutus()
                    ? JsonNodeFactory.instance.nullNode()
                    : NativeScriptJson.of(CborItem.parse(script.code())));
            return json;
        }));
    }

    private HttpReply script(HttpRequest request, Function<LedgerScript, JsonNode> view) {
        return reply(state -> state.script(request.variable("hash")), view);
    }

    private <T> HttpReply reply(Function<ChainState, Optional<T>> finder, Function<T, JsonNode> view) {
        return new Found(ledger).reply(finder, (state, found) -> view.apply(found));
    }

    private static JsonNode summary(LedgerScript script) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("script_hash", script.hash()).put("type",
                script.language().blockfrostName());
        return script.language().isPlutus() ? json.put("serialised_size", script.size()) : json.putNull("serialised_size");
    }

    private static JsonNode datumJson(byte[] cbor) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("json_value", PlutusDataJson.of(CborItem.parse(cbor)));
        return json;
    }
}
