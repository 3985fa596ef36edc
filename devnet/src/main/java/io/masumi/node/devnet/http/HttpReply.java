package io.masumi.node.devnet.http;

import com.fasterxml.jackson.databind.JsonNode;

/** @param body JSON */
public record HttpReply(int status, JsonNode body) {
    public static HttpReply ok(JsonNode body) {
        return new HttpReply(200, body);
    }
}
