package io.masumi.node.gateway.http;

import io.masumi.node.escrow.Amount;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;

/**
 * An amount on the wire.
 *
 * @param amount decimal string, in the asset's smallest unit (lovelace for ada)
 * @param unit empty or {@code lovelace}, otherwise policy id and asset name in hex
 */
public record AmountBody(
        @NotNull @Pattern(regexp = "\\d{1,25}", message = "must be a string of 1 to 25 decimal digits") String amount,
        @NotNull @Size(max = 150) String unit) {

    public static AmountBody of(Amount amount) {
        return new AmountBody(amount.amount().toString(), amount.unit());
    }

    public static List<AmountBody> of(List<Amount> amounts) {
        return amounts.stream().map(AmountBody::of).toList();
    }

    /**
     * Reads amounts.
     *
     * @param member what to call them in an error
     * @param bodies null for none
     * @throws Problem 400 if one has no proper unit
     */
    public static List<Amount> read(String member, List<AmountBody> bodies) {
        List<Amount> amounts = new ArrayList<>();
        for (AmountBody body : bodies == null ? List.<AmountBody>of() : bodies) {
            try {
                amounts.add(Amount.parse(body.unit(), body.amount()));
            } catch (IllegalArgumentException e) {
                throw Problem.invalid(member + "[" + amounts.size() + "]." + e.getMessage());
            }
        }
        return List.copyOf(amounts);
    }
}
