package io.masumi.node.query;

import io.masumi.node.escrow.Network;
import java.time.Instant;

/**
 * A record ready to be sent: its JSON as the wire contract wants it, beside what the edge needs to know of it.
 *
 * @param version sequence number of the newest event that the record shows
 * @param ownerKeyId id of the API key that created it
 * @param smartContractAddress bech32 of its payment source's contract
 * @param updatedAt when it last changed, as its JSON says
 * @param json the record, rendered
 */
public record WireRecord(String id, long version, String ownerKeyId, Network network, String smartContractAddress, Instant updatedAt,
        String json) {}
