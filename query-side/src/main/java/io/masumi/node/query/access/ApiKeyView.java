package io.masumi.node.query.access;

import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.KeyPermissions;
import io.masumi.node.escrow.Funds;
import io.masumi.node.query.projection.Versioned;
import java.time.Instant;

/** An API key as its events make it. @param version sequence number of its newest event. @param credits what it may still spend */
public record ApiKeyView(ApiKeyId id, long version, Instant createdAt, String maskedToken, KeyPermissions permissions, Funds credits,
        boolean revoked) implements Versioned {}
