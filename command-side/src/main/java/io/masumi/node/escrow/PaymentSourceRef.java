package io.masumi.node.escrow;

/**
 * What a sale needs to know of its payment source, for ever: sources may be removed, events stay readable.
 *
 * @param policyId registry policy id, hex
 */
public record PaymentSourceRef(String id, Network network, PaymentSourceType type, String smartContractAddress, String policyId) {}
