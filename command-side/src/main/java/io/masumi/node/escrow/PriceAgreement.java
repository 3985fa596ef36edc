package io.masumi.node.escrow;

import io.masumi.node.Rejection;
import java.util.List;

/**
 * What a request comes to cost (docs/domain.md, "Terms of a sale", pricing).
 *
 * @param price what the buyer is to lock besides the collateral return
 * @param signedFunds the funds that the seller's signature covers, in the request's order; null for fixed pricing
 */
public record PriceAgreement(Funds price, List<Amount> signedFunds) {

    /**
     * The price of a sale.
     *
     * @param requested what the seller's request named, empty when it named none
     * @throws io.masumi.node.RejectedException if that does not go with the agent's pricing
     */
    public static PriceAgreement ofPayment(AgentPricing pricing, List<Amount> requested) {
        if (pricing.type() == PricingType.Fixed && !requested.isEmpty()) {
            throw Rejection.invalid("RequestedFunds must not be named: the agent's price is fixed");
        }
        return of(pricing, requested, "RequestedFunds");
    }

    /**
     * The price of a purchase.
     *
     * @param amounts what the buyer's request named, empty when it named none
     * @throws io.masumi.node.RejectedException if that does not go with the agent's pricing
     */
    public static PriceAgreement ofPurchase(AgentPricing pricing, List<Amount> amounts) {
        if (pricing.type() == PricingType.Fixed && !amounts.isEmpty() && !Funds.of(amounts).equals(pricing.fixed())) {
            throw Rejection.invalid("Amounts must be the agent's fixed price, or be left out");
        }
        return of(pricing, amounts, "Amounts");
    }

    private static PriceAgreement of(AgentPricing pricing, List<Amount> named, String member) {
        return switch (pricing.type()) {
            case Free -> throw Rejection.invalid("The agent is free of charge and cannot be paid");
            case Fixed -> {
                if (pricing.fixed().isEmpty()) {
                    throw Rejection.invalid("The agent's fixed price is empty");
                }
                yield new PriceAgreement(pricing.fixed(), null);
            }
            case Dynamic -> {
                if (named.isEmpty()) {
                    throw Rejection.invalid(
                            member + " is missing: the agent's price is dynamic, so the request must name each amount and its unit");
                }
                if (named.stream().anyMatch(each -> each.amount().signum() == 0)) {
                    throw Rejection.invalid("Each of " + member + " must be more than 0");
                }
                if (named.stream().map(Amount::unit).distinct().count() < named.size()) {
                    throw Rejection.invalid(member + " must name each unit once");
                }
                yield new PriceAgreement(Funds.of(named), List.copyOf(named));
            }
        };
    }
}
