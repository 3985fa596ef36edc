package io.masumi.node.devnet.blockfrost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.cbor.CborItem;

import java.util.List;

/** Native scripts in the JSON form of cardano-cli. */
final class NativeScriptJson {
    private NativeScriptJson() {}

    static JsonNode of(CborItem script) {
        List<CborItem> parts = script.items();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (parts.getFirst().asInt()) {
            case 0 -> json.put("type", "sig").put("keyHash", parts.get(1).asHex());
            case 1 -> withScripts(json.put("type", "all"), parts.get(1).items());
            case 2 -> withScripts(json.put("type", "any"), parts.get(1).items());
            case 3 -> withScripts(json.put("type", "atLeast").put("required", parts.get(1).asInt()), parts.get(2).items());
            case 4 -> json.put("type", "after").put("slot", parts.get(1).asLong());
            case 5 -> json.put("type", "before").put("slot", parts.get(1).asLong());
            default -> throw new IllegalArgumentException("an unknown kind of native script");
        };
    }

    private static ObjectNode withScripts(ObjectNode json, List<CborItem> scripts) {
        ArrayNode list = json.putArray("scripts");
        scripts.forEach(script -> list.add(of(script)));
        return json;
    }
}
