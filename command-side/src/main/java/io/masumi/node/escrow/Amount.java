package io.masumi.node.escrow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A quantity of one asset.
 *
 * @param unit {@code ""} for lovelace ({@code lovelace} in any case is accepted and becomes it), otherwise policy id and
 *     asset name in lower-case hex (56 to 120 digits)
 * @param amount quantity in the asset's smallest unit (lovelace for ada), never negative
 */
public record Amount(String unit, @JsonFormat(shape = JsonFormat.Shape.STRING) BigInteger amount) {

    public static final String LOVELACE = "";

    /** No asset can be minted in a larger quantity, and no output pays more. */
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private static final Pattern NATIVE_ASSET = Pattern.compile("[0-9a-f]{56}([0-9a-f]{2}){0,32}");

    /** @throws IllegalArgumentException if the unit is no unit or the amount is negative */
    public Amount {
        unit = normalised(unit);
        if (amount == null || amount.signum() < 0) {
            throw new IllegalArgumentException("amount must not be negative");
        }
    }

    /** Reads an amount as it is stored: whatever the reader's settings, the text becomes a number here and nowhere else. */
    @JsonCreator
    static Amount stored(@JsonProperty("unit") String unit, @JsonProperty("amount") String amount) {
        return new Amount(unit, new BigInteger(amount));
    }

    public static Amount lovelace(long quantity) {
        return new Amount(LOVELACE, BigInteger.valueOf(quantity));
    }

    /**
     * Reads an amount as clients send it: a decimal string, no larger than a ledger can pay.
     *
     * @throws IllegalArgumentException with a message for the client
     */
    public static Amount parse(String unit, String decimal) {
        if (decimal == null || !decimal.matches("\\d{1,25}")) {
            throw new IllegalArgumentException("amount must be a string of decimal digits");
        }
        BigInteger amount = new BigInteger(decimal);
        if (amount.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("amount must be at most " + LARGEST);
        }
        return new Amount(unit, amount);
    }

    @JsonIgnore
    public boolean isLovelace() {
        return unit.isEmpty();
    }

    private static String normalised(String unit) {
        if (unit == null) {
            throw new IllegalArgumentException("unit is missing");
        }
        String lower = unit.toLowerCase(Locale.ROOT);
        if (lower.isEmpty() || lower.equals("lovelace")) {
            return LOVELACE;
        }
        if (!NATIVE_ASSET.matcher(lower).matches()) {
            throw new IllegalArgumentException("unit must be empty or 'lovelace', or policy id and asset name in hex, not '" + unit + "'");
        }
        return lower;
    }
}
