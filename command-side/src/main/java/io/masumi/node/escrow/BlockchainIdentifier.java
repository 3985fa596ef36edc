package io.masumi.node.escrow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The string that ties payment, purchase and escrow datum together: the hex of the LZ-String-compressed text
 * {@code sellerIdentifier.purchaserIdentifier.signature.key} (docs/domain.md, "Blockchain identifier").
 * Records are found by this text, so one identifier has one spelling: lower case here, and {@link Parts#identifier()} says the rest.
 */
public record BlockchainIdentifier(String value) {

    /** Longest identifier of the wire contract, characters. */
    public static final int MAX_LENGTH = 8000;

    private static final int MAX_TEXT_CHARS = 8000;
    private static final Pattern HEX = Pattern.compile("([0-9a-f]{2})+");

    @JsonCreator
    public BlockchainIdentifier {
        if (value == null || value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("blockchainIdentifier must have 1 to " + MAX_LENGTH + " characters");
        }
        value = value.toLowerCase(Locale.ROOT);
    }

    /** Joins and compresses the four parts, all hex. */
    public static BlockchainIdentifier of(String sellerIdentifier, String purchaserIdentifier, String signature, String key) {
        String text = String.join(".", sellerIdentifier, purchaserIdentifier, signature, key);
        return new BlockchainIdentifier(HexFormat.of().formatHex(LzString.compress(text)));
    }

    /**
     * Takes the identifier apart.
     *
     * @throws IllegalArgumentException with a message for the client if it is not of this form
     */
    public Parts parts() {
        byte[] compressed;
        try {
            compressed = HexFormat.of().parseHex(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("blockchainIdentifier is not hex", e);
        }
        String text;
        try {
            text = LzString.decompress(compressed, MAX_TEXT_CHARS);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("blockchainIdentifier is not a compressed identifier", e);
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4 && parts.length != 5) {
            throw new IllegalArgumentException("blockchainIdentifier has " + parts.length + " parts, not 4 or 5");
        }
        String[] names = {"sellerIdentifier", "purchaserIdentifier", "signature", "key"};
        for (int i = 0; i < names.length; i++) {
            if (!HEX.matcher(parts[i]).matches()) {
                throw new IllegalArgumentException("blockchainIdentifier's " + names[i] + " is not lower-case hex");
            }
        }
        return new Parts(parts[0], parts[1], parts[2], parts[3], parts.length == 5 ? Optional.of(parts[4]) : Optional.empty());
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }

    /**
     * What an identifier consists of.
     *
     * @param sellerIdentifier hex: 64 digits of a fresh id, then the agent identifier
     * @param purchaserIdentifier hex: what requests call identifierFromPurchaser
     * @param signature hex COSE_Sign1 over the terms
     * @param key hex COSE_Key of the seller
     * @param contractAddress present only in identifiers of the later contract version
     */
    public record Parts(String sellerIdentifier, String purchaserIdentifier, String signature, String key,
            Optional<String> contractAddress) {

        private static final int UNIQUE_ID_DIGITS = 64;

        /** The identifier as this contract version spells it. */
        public BlockchainIdentifier identifier() {
            return of(sellerIdentifier, purchaserIdentifier, signature, key);
        }

        /**
         * The agent identifier at the end of the seller identifier.
         *
         * @throws IllegalArgumentException if the seller identifier is too short to hold one
         */
        public String agentIdentifier() {
            if (sellerIdentifier.length() <= UNIQUE_ID_DIGITS) {
                throw new IllegalArgumentException("blockchainIdentifier's sellerIdentifier holds no agent identifier");
            }
            return sellerIdentifier.substring(UNIQUE_ID_DIGITS);
        }
    }
}
