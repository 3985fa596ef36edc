package io.masumi.node.escrow;

import io.masumi.node.Sha256;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The terms of a sale that the seller signs (docs/domain.md, "Blockchain identifier").
 *
 * @param inputHash hex
 * @param requestedFunds null for fixed pricing; in the order the request named them, since the order is signed
 * @param sellerAddress bech32 of the selling wallet
 */
public record SaleTerms(String inputHash, String agentIdentifier, String purchaserIdentifier, String sellerIdentifier,
        List<Amount> requestedFunds, EscrowTimes times, String sellerAddress) {

    /** The terms as RFC 8785 canonical JSON. */
    public String canonicalJson() {
        String funds = requestedFunds == null
                ? "null"
                : requestedFunds.stream().map(a -> "{\"amount\":" + quoted(a.amount().toString()) + ",\"unit\":" + quoted(a.unit()) + "}")
                        .collect(Collectors.joining(",", "[", "]"));
        String json = "{" + String.join(",",
                "\"inputHash\":" + quoted(inputHash),
                "\"agentIdentifier\":" + quoted(agentIdentifier),
                "\"purchaserIdentifier\":" + quoted(purchaserIdentifier),
                "\"sellerIdentifier\":" + quoted(sellerIdentifier),
                "\"RequestedFunds\":" + funds,
                "\"payByTime\":" + quoted(Long.toString(times.payByTime())),
                "\"submitResultTime\":" + quoted(Long.toString(times.submitResultTime())),
                "\"unlockTime\":" + quoted(Long.toString(times.unlockTime())),
                "\"externalDisputeUnlockTime\":" + quoted(Long.toString(times.externalDisputeUnlockTime())),
                "\"sellerAddress\":" + quoted(sellerAddress)) + "}";
        try {
            return new JsonCanonicalizer(json).getEncodedString();
        } catch (IOException e) {
            throw new IllegalArgumentException("terms cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    /** The 32 bytes that the seller signs: sha256 of the canonical JSON's UTF-8. */
    public byte[] digest() {
        return Sha256.of(canonicalJson());
    }

    /** {@link #digest()} in hex. */
    public String digestHex() {
        return HexFormat.of().formatHex(digest());
    }

    private static String quoted(String text) {
        if (text.chars().anyMatch(c -> c == '"' || c == '\\' || c < 0x20)) {
            throw new IllegalArgumentException("terms hold only hex, decimal digits and bech32, not '" + text + "'");
        }
        return '"' + text + '"';
    }
}
