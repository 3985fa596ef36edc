package io.masumi.node.gateway.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.gateway.http.AmountBody;
import io.masumi.node.gateway.http.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** How an agent asks to be paid, on the wire. @param pricing the price of an agent with fixed pricing, else absent */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AgentPricingBody(
        @NotNull PricingType pricingType,
        @JsonProperty("Pricing") @Size(min = 1, max = 5, message = "must have 1 to 5 entries") List<@NotNull @Valid AmountBody> pricing) {

    static AgentPricingBody of(AgentPricing pricing) {
        return new AgentPricingBody(pricing.type(),
                pricing.type() == PricingType.Fixed ? AmountBody.of(pricing.fixed().amounts()) : null);
    }

    /** @throws Problem 400 if a fixed price is missing or nothing */
    AgentPricing read() {
        if (pricingType != PricingType.Fixed) {
            return new AgentPricing(pricingType, Funds.NONE);
        }
        if (pricing == null) {
            throw Problem.invalid("AgentPricing.Pricing is missing");
        }
        Funds price = Funds.of(AmountBody.read("AgentPricing.Pricing", pricing));
        if (price.isEmpty()) {
            throw Problem.invalid("AgentPricing.Pricing must name an amount above 0");
        }
        return new AgentPricing(pricingType, price);
    }
}
