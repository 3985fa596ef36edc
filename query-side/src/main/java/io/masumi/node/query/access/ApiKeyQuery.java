package io.masumi.node.query.access;

import io.masumi.node.access.ApiKeyId;

/** What can be asked about API keys; answers are {@link ApiKeyView}s. */
public sealed interface ApiKeyQuery {

    /** One key or none. Also a subscription query. The id follows from the token's keyed hash, so this is also the key check. */
    record FindApiKey(ApiKeyId keyId) implements ApiKeyQuery {}

    /** A page of keys, newest first. @param take 1 to 100. @param cursorId id of the first row, null for the newest */
    record ListApiKeys(int take, String cursorId) implements ApiKeyQuery {}
}
