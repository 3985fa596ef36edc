package io.masumi.node.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** This node gives the same bytes as other nodes do. */
class InteropTest {

    @ParameterizedTest
    @MethodSource("io.masumi.node.escrow.InteropVectors#lzString")
    void lzString(JsonNode vector) {
        String text = vector.get("text").asText();
        byte[] compressed = HexFormat.of().parseHex(vector.get("hex").asText());

        assertThat(LzString.compress(text)).isEqualTo(compressed);
        assertThat(LzString.decompress(compressed, text.length())).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("io.masumi.node.escrow.InteropVectors#identifiers")
    void blockchainIdentifier(JsonNode vector) {
        JsonNode terms = vector.get("terms");
        BlockchainIdentifier identifier = BlockchainIdentifier.of(terms.get("sellerIdentifier").asText(),
                terms.get("purchaserIdentifier").asText(), vector.get("coseSign1").asText(), vector.get("coseKey").asText());

        assertThat(identifier.value()).isEqualTo(vector.get("blockchainIdentifier").asText());
        BlockchainIdentifier.Parts parts = new BlockchainIdentifier(vector.get("blockchainIdentifier").asText()).parts();
        assertThat(parts.identifier()).isEqualTo(identifier);
        assertThat(parts.agentIdentifier()).isEqualTo(terms.get("agentIdentifier").asText());
        assertThat(String.join(".", parts.sellerIdentifier(), parts.purchaserIdentifier(), parts.signature(), parts.key()))
                .isEqualTo(vector.get("text").asText());
        assertThat(parts.contractAddress()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.masumi.node.escrow.InteropVectors#identifiers")
    void signedTerms(JsonNode vector) {
        JsonNode terms = vector.get("terms");
        SaleTerms ours = new SaleTerms(terms.get("inputHash").asText(), terms.get("agentIdentifier").asText(),
                terms.get("purchaserIdentifier").asText(), terms.get("sellerIdentifier").asText(), funds(terms.get("RequestedFunds")),
                new EscrowTimes(terms.get("payByTime").asLong(), terms.get("submitResultTime").asLong(), terms.get("unlockTime").asLong(),
                        terms.get("externalDisputeUnlockTime").asLong()),
                terms.get("sellerAddress").asText());

        assertThat(ours.canonicalJson()).isEqualTo(vector.get("canonical").asText());
        assertThat(ours.digestHex()).isEqualTo(vector.get("digest").asText());
    }

    private static List<Amount> funds(JsonNode requested) {
        return requested.isNull()
                ? null
                : StreamSupport.stream(requested.spliterator(), false)
                        .map(each -> Amount.parse(each.get("unit").asText(), each.get("amount").asText())).toList();
    }

    @ParameterizedTest
    @MethodSource("io.masumi.node.escrow.InteropVectors#decisionLog")
    void decisionLog(JsonNode vector) {
        String purchaser = vector.get("identifierFromPurchaser").asText();

        assertThat(DecisionLog.inputHash(purchaser, vector.get("input").toString())).isEqualTo(vector.get("inputHash").asText());
        assertThat(DecisionLog.inputHash(purchaser, vector.get("canonical").asText())).isEqualTo(vector.get("inputHash").asText());
        assertThat(DecisionLog.resultHash(purchaser, vector.get("output").asText())).isEqualTo(vector.get("resultHash").asText());
    }
}
