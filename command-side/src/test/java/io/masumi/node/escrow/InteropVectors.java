package io.masumi.node.escrow;

import com.fasterxml.jackson.databind.JsonNode;
import io.masumi.node.NodeJson;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Vectors made with the libraries that other nodes use. */
final class InteropVectors {

    private InteropVectors() {}

    static Stream<JsonNode> lzString() {
        return of("lzString");
    }

    static Stream<JsonNode> identifiers() {
        return Stream.concat(of("identifiers"), of("identifiersByFormOfKey"));
    }

    static Stream<JsonNode> decisionLog() {
        return of("decisionLog");
    }

    private static Stream<JsonNode> of(String name) {
        return StreamSupport.stream(NodeJson.resource("/interop.json").get(name).spliterator(), false);
    }
}
