package io.masumi.node.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.SaleTerms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Vectors made with the libraries that other Masumi nodes use. Their mnemonics hold no money. */
public final class InteropVectors {

    private InteropVectors() {}

    /** One complete sale. */
    public record Sale(String sellerMnemonic, String buyerMnemonic, String sellerAddress, String sellerVkey, String buyerAddress,
            String buyerVkey, SaleTerms terms, String coseSign1, String coseKey, String blockchainIdentifier, String datumHex) {

        @Override
        public String toString() {
            return sellerAddress;
        }
    }

    public static Stream<Sale> sales() {
        return stream(root().get("identifiers")).map(InteropVectors::sale);
    }

    /** One seller's signature with each of the COSE_Keys that other nodes write; buyer and datum are null. */
    public static Stream<Sale> salesByFormOfKey() {
        return stream(root().get("identifiersByFormOfKey")).map(InteropVectors::sale);
    }

    public static Stream<JsonNode> registryAssetNames() {
        return stream(root().get("registryAssetName"));
    }

    private static Sale sale(JsonNode json) {
        JsonNode terms = json.get("terms");
        List<Amount> funds = null;
        if (terms.get("RequestedFunds").isArray()) {
            funds = new ArrayList<>();
            for (JsonNode each : terms.get("RequestedFunds")) {
                funds.add(Amount.parse(each.get("unit").asText(), each.get("amount").asText()));
            }
        }
        EscrowTimes times = new EscrowTimes(terms.get("payByTime").asLong(), terms.get("submitResultTime").asLong(),
                terms.get("unlockTime").asLong(), terms.get("externalDisputeUnlockTime").asLong());
        return new Sale(text(json, "sellerMnemonic"), text(json, "buyerMnemonic"), text(json, "sellerAddress"),
                text(json, "sellerPaymentKeyHash"), text(json, "buyerAddress"), text(json, "buyerPaymentKeyHash"),
                new SaleTerms(text(terms, "inputHash"), text(terms, "agentIdentifier"), text(terms, "purchaserIdentifier"),
                        text(terms, "sellerIdentifier"), funds, times, text(terms, "sellerAddress")),
                text(json, "coseSign1"), text(json, "coseKey"), text(json, "blockchainIdentifier"), text(json.path("datum"), "cborHex"));
    }

    private static String text(JsonNode node, String member) {
        return node.hasNonNull(member) ? node.get(member).asText() : null;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode root() {
        try (InputStream vectors = InteropVectors.class.getResourceAsStream("/interop.json")) {
            return new ObjectMapper().readTree(vectors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
