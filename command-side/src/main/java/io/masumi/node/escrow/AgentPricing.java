package io.masumi.node.escrow;

/**
 * What an agent's registry metadata says about its price.
 *
 * @param fixed the price when the type is {@link PricingType#Fixed}, else {@link Funds#NONE}
 */
public record AgentPricing(PricingType type, Funds fixed) {}
