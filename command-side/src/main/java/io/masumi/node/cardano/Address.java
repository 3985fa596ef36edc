package io.masumi.node.cardano;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** An address of Shelley's era, whose checksum only the chain adapter can check. @param bech32 lower case, as wallets show it */
public record Address(@JsonValue String bech32) {

    /** Longest address of the wire contract, characters. */
    private static final int MAX_LENGTH = 250;

    private static final Pattern FORM = Pattern.compile("addr(_test)?1[0-9a-z]+");

    /** @throws IllegalArgumentException if it cannot be one */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Address {
        if (bech32 == null || bech32.length() > MAX_LENGTH || !FORM.matcher(bech32).matches()) {
            throw new IllegalArgumentException("an address begins with addr1 or addr_test1, not '" + bech32 + "'");
        }
    }

    @Override
    public String toString() {
        return bech32;
    }
}
