package io.masumi.node.query;

import io.masumi.node.escrow.Network;

/**
 * A record ready to be sent: its JSON as the wire contract wants it, beside what the edge needs to know of it.
 *
 * @param version sequence number of the newest event that the record shows
 * @param ownerKeyId id of the API key that created it
 * @param json the record, rendered
 */
public record WireRecord(String id, long version, String ownerKeyId, Network network, String json) {}
