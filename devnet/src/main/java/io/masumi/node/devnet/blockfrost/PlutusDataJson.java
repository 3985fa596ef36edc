package io.masumi.node.devnet.blockfrost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.cbor.CborItem;

import java.math.BigInteger;
import java.util.List;

/** Plutus data in the detailed JSON schema of cardano-cli. */
final class PlutusDataJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlutusDataJson() {}

    static JsonNode of(CborItem data) {
        return switch (data.kind()) {
            case UNSIGNED, NEGATIVE -> integer(data.asInteger());
            case BYTES -> NODES.objectNode().put("bytes", data.asHex());
            case ARRAY -> {
                ObjectNode json = NODES.objectNode();
                json.set("list", list(data.items()));
                yield json;
            }
            case MAP -> {
                ObjectNode json = NODES.objectNode();
                ArrayNode entries = json.putArray("map");
                data.entries().forEach(entry -> {
                    ObjectNode pair = entries.addObject();
                    pair.set("k", of(entry.getKey()));
                    pair.set("v", of(entry.getValue()));
                });
                yield json;
            }
            case TAG -> tagged((int) data.tag().orElseThrow(), data.untagged());
            case TEXT, SIMPLE -> throw new IllegalArgumentException("not Plutus data");
        };
    }

    private static JsonNode tagged(int tag, CborItem content) {
        if (tag == 2) {
            return integer(new BigInteger(1, content.asBytes()));
        }
        if (tag == 3) {
            return integer(new BigInteger(1, content.asBytes()).add(BigInteger.ONE).negate());
        }
        if (tag == 102) {
            return constructor(content.items(2).get(0).asUnsigned(), content.items(2).get(1).items());
        }
        // 121–127 stand for constructors 0–6, 1280–1400 for 7–127.
        return constructor(BigInteger.valueOf(tag >= 1280 ? tag - 1280 + 7 : tag - 121), content.items());
    }

    private static JsonNode constructor(BigInteger index, List<CborItem> fields) {
        ObjectNode json = NODES.objectNode();
        json.set("fields", list(fields));
        json.set("constructor", NODES.numberNode(index));
        return json;
    }

    private static JsonNode integer(BigInteger value) {
        ObjectNode json = NODES.objectNode();
        json.set("int", NODES.numberNode(value));
        return json;
    }

    private static ArrayNode list(List<CborItem> items) {
        ArrayNode list = NODES.arrayNode();
        items.forEach(item -> list.add(of(item)));
        return list;
    }
}
