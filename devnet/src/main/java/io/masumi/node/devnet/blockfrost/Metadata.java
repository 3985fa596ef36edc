package io.masumi.node.devnet.blockfrost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.cbor.CborItem;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.phase1.TransactionMetadata;
import io.masumi.node.cbor.CborWriter;

import java.util.HexFormat;

/** Transaction metadata by label, as JSON and as CBOR. */
final class Metadata {
    private Metadata() {}

    static JsonNode json(LedgerTransaction transaction) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        TransactionMetadata.of(transaction).forEach((label, value) -> {
            ObjectNode entry = list.addObject().put("label", label);
            entry.set("json_metadata", json(value));
        });
        return list;
    }

    static JsonNode cbor(LedgerTransaction transaction) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        TransactionMetadata.of(transaction).forEach((label, value) -> {
            String hex = HexFormat.of().formatHex(value.bytes());
            // The value is wrapped in a map under its label, as db-sync stores it.
            String wrapped = "a1" + HexFormat.of().formatHex(CborWriter.head(CborItem.Kind.UNSIGNED, Long.parseUnsignedLong(label))) + hex;
            list.addObject().put("label", label).put("cbor_metadata", "\\x" + wrapped).put("metadata", wrapped);
        });
        return list;
    }

    /** Bytes become hex with the prefix 0x; keys of any kind become text. */
    static JsonNode json(CborItem item) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (item.kind()) {
            case UNSIGNED, NEGATIVE -> nodes.numberNode(item.asInteger());
            case BYTES -> nodes.textNode("0x" + item.asHex());
            case TEXT -> nodes.textNode(item.asText());
            case ARRAY -> {
                ArrayNode array = nodes.arrayNode();
                item.items().forEach(member -> array.add(json(member)));
                yield array;
            }
            case MAP -> {
                ObjectNode object = nodes.objectNode();
                item.entries().forEach(entry -> object.set(key(entry.getKey()), json(entry.getValue())));
                yield object;
            }
            case TAG, SIMPLE -> nodes.nullNode();
        };
    }

    private static String key(CborItem item) {
        JsonNode json = json(item);
        return json.isTextual() ? json.asText() : json.toString();
    }
}
