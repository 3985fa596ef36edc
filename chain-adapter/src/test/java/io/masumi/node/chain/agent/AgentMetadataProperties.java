package io.masumi.node.chain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.bloxbean.cardano.client.metadata.cbor.CBORMetadata;
import com.bloxbean.cardano.client.metadata.helper.MetadataToJsonNoSchemaConverter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.registry.AgentDetails;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

class AgentMetadataProperties {

    private static final String AGENT = "ab".repeat(28) + "cd".repeat(32);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 200)
    void whatIsWrittenIsReadBackAndFitsTheLedger(@ForAll("agents") AgentDetails details) throws Exception {
        CBORMetadata metadata = new CBORMetadata();
        metadata.put(BigInteger.valueOf(AgentMetadata.LABEL), AgentMetadata.write(AGENT, details));
        JsonNode json = JSON.readTree(
                MetadataToJsonNoSchemaConverter.cborHexToJson(HexFormat.of().formatHex(metadata.serialize()))).get("721");

        assertThat(AgentMetadata.read(json, AGENT)).contains(details);
        assertThat(json.get("version").asText()).isEqualTo("1");
        assertNoLongText(json);
    }

    private static void assertNoLongText(JsonNode node) {
        if (node.isTextual()) {
            assertThat(node.textValue().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(60);
        }
        node.forEach(AgentMetadataProperties::assertNoLongText);
    }

    @Property(tries = 300)
    void chunksJoinToTheTextAndCutNoCharacter(@ForAll @StringLength(max = 200) String text) {
        String wellFormed = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        List<String> chunks = AgentMetadata.chunks(wellFormed);
        assertThat(String.join("", chunks)).isEqualTo(wellFormed);
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(60);
            assertThat(new String(chunk.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(chunk);
        });
    }

    @Example
    void aSupplementaryCharacterIsNotCut() {
        assertThat(AgentMetadata.chunks("x".repeat(58) + "😀y")).containsExactly("x".repeat(58), "😀y");
    }

    @Example
    void strangersMetadataIsReadOrNotAtAll() throws Exception {
        String good = "{\"name\":\"n\",\"api_base_url\":[\"https://\",\"x\"],\"agentPricing\":{\"pricingType\":\"Dynamic\"}}";
        assertThat(AgentMetadata.read(label(good), AGENT)).hasValueSatisfying(read -> {
            assertThat(read.apiBaseUrl()).isEqualTo("https://x");
            assertThat(read.metadataVersion()).isEqualTo(1);
            assertThat(read.author()).isNull();
            assertThat(read.tags()).isEmpty();
        });
        for (String hostile : List.of("null", "3", "[]", "{}", good.replace("\"n\"", "null"), good.replace("\"n\"", "[1]"),
                good.replace("\"n\"", "{}"), good.replace("\"n\"", "\"n\\u0000\""), good.replace("\"n\"", "\"n\\ud800\""),
                good.replace("Dynamic", "Other"), good.replace("\"Dynamic\"", "7"),
                good.replace("\"Dynamic\"", "\"Fixed\""),
                good.replace("\"Dynamic\"", "\"Fixed\",\"fixedPricing\":[]"),
                good.replace("\"Dynamic\"", "\"Fixed\",\"fixedPricing\":[{}]"),
                good.replace("\"Dynamic\"", "\"Fixed\",\"fixedPricing\":[{\"unit\":\"zz\",\"amount\":\"1\"}]"),
                good.replace("\"Dynamic\"", "\"Fixed\",\"fixedPricing\":[{\"unit\":\"\",\"amount\":\"-1\"}]"),
                good.replace("\"Dynamic\"", "\"Fixed\",\"fixedPricing\":[{\"unit\":\"\",\"amount\":\"0\"}]"),
                good.replace("\"Dynamic\"", "\"Fixed\",\"fixedPricing\":[{\"unit\":\"\",\"amount\":1.5}]"))) {
            assertThat(AgentMetadata.read(label(hostile), AGENT)).as(hostile).isEmpty();
        }
        assertThat(AgentMetadata.read(JSON.readTree("[]"), AGENT)).isEmpty();
        assertThat(AgentMetadata.read(label(good.replace("\"name\"",
                "\"author\":3,\"tags\":{\"a\":1},\"example_output\":[1,[],{\"url\":2}],\"metadata_version\":\"99999999999\",\"name\"")),
                AGENT))
                .hasValueSatisfying(read -> assertThat(read.exampleOutputs()).isEmpty());
    }

    @Example
    void aNumberIsAnAmountToo() throws Exception {
        assertThat(AgentMetadata.read(label("{\"name\":\"n\",\"api_base_url\":\"u\",\"agentPricing\":{\"pricingType\":\"Fixed\","
                + "\"fixedPricing\":[{\"unit\":\"lovelace\",\"amount\":5}]}}"), AGENT))
                .hasValueSatisfying(read -> assertThat(read.pricing().fixed()).isEqualTo(Funds.lovelace(5)));
    }

    private static JsonNode label(String members) throws Exception {
        return JSON.readTree("{\"" + "ab".repeat(28) + "\":{\"" + "cd".repeat(32) + "\":" + members + "}}");
    }

    @Provide
    Arbitrary<AgentDetails> agents() {
        Arbitrary<String> text = Arbitraries.strings().withCharRange(' ', '\u02ff').withChars('日', '本', '€').ofMinLength(0)
                .ofMaxLength(150);
        Arbitrary<String> optional = text.injectNull(0.3);
        Arbitrary<List<AgentDetails.ExampleOutput>> examples = Combinators.combine(optional, optional, text)
                .as(AgentDetails.ExampleOutput::new).list().ofMaxSize(3);
        Arbitrary<AgentDetails.Author> author = Combinators.combine(optional, optional, optional, optional).as(AgentDetails.Author::new)
                .injectNull(0.2);
        Arbitrary<AgentDetails.Legal> legal = Combinators.combine(optional, optional, optional).as(AgentDetails.Legal::new).injectNull(0.2);
        Arbitrary<AgentDetails.Capability> capability = Combinators.combine(optional, optional).as(AgentDetails.Capability::new)
                .injectNull(0.2);
        Arbitrary<AgentPricing> pricing = Arbitraries.oneOf(Arbitraries.just(new AgentPricing(PricingType.Free, Funds.NONE)),
                Arbitraries.just(new AgentPricing(PricingType.Dynamic, Funds.NONE)),
                Arbitraries.longs().between(1, Long.MAX_VALUE).map(amount -> new AgentPricing(PricingType.Fixed,
                        Funds.of(List.of(Amount.lovelace(amount), new Amount("ee".repeat(60), BigInteger.valueOf(amount)))))));
        return Combinators.combine(text, optional, examples, capability, author, legal, text.list().ofMaxSize(4), pricing)
                .as((required, description, outputs, able, by, law, tags, price) -> new AgentDetails(required, description, required,
                        outputs,
                        able, by, law, tags, price, description, 1));
    }
}
