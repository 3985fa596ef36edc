package io.masumi.node.chain.agent;

import com.bloxbean.cardano.client.metadata.cbor.CBORMetadataList;
import com.bloxbean.cardano.client.metadata.cbor.CBORMetadataMap;
import com.fasterxml.jackson.databind.JsonNode;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.TextRules;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.cardano.AssetId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An agent's registry metadata under label 721 (CIP-25, MIP-002; docs/domain.md, "Agent registry"). Texts that may exceed 60
 * bytes are written as lists of chunks; readers take a text or a list of texts and join it.
 */
public final class AgentMetadata {

    public static final long LABEL = 721;

    private static final int CHUNK_BYTES = 60;
    private static final int MAX_ENTRIES = 1000;

    private AgentMetadata() {}

    /** The whole of label 721 for one agent. */
    public static CBORMetadataMap write(String agentIdentifier, AgentDetails details) {
        AssetId nft = AssetId.of(agentIdentifier);
        CBORMetadataMap asset = new CBORMetadataMap().put(nft.name(), members(details));
        return new CBORMetadataMap().put(nft.policy().hex(), asset).put("version", "1");
    }

    private static CBORMetadataMap members(AgentDetails details) {
        CBORMetadataMap map = new CBORMetadataMap();
        put(map, "name", details.name());
        put(map, "description", details.description());
        put(map, "api_base_url", details.apiBaseUrl());
        CBORMetadataList examples = new CBORMetadataList();
        for (AgentDetails.ExampleOutput each : orEmpty(details.exampleOutputs())) {
            CBORMetadataMap example = new CBORMetadataMap();
            put(example, "name", each.name());
            put(example, "mime_type", each.mimeType());
            put(example, "url", each.url());
            examples.add(example);
        }
        map.put("example_output", examples);
        if (details.capability() != null) {
            CBORMetadataMap capability = new CBORMetadataMap();
            put(capability, "name", details.capability().name());
            put(capability, "version", details.capability().version());
            map.put("capability", capability);
        }
        if (details.author() != null) {
            CBORMetadataMap author = new CBORMetadataMap();
            put(author, "name", details.author().name());
            put(author, "contact_email", details.author().contactEmail());
            put(author, "contact_other", details.author().contactOther());
            put(author, "organization", details.author().organization());
            map.put("author", author);
        }
        if (details.legal() != null) {
            CBORMetadataMap legal = new CBORMetadataMap();
            put(legal, "privacy_policy", details.legal().privacyPolicy());
            put(legal, "terms", details.legal().terms());
            put(legal, "other", details.legal().other());
            map.put("legal", legal);
        }
        CBORMetadataList tags = new CBORMetadataList();
        orEmpty(details.tags()).forEach(tag -> addText(tags, tag));
        map.put("tags", tags);
        map.put("agentPricing", pricing(details.pricing()));
        put(map, "image", details.image());
        map.put("metadata_version", BigInteger.valueOf(details.metadataVersion()));
        return map;
    }

    private static CBORMetadataMap pricing(AgentPricing pricing) {
        CBORMetadataMap map = new CBORMetadataMap().put("pricingType", pricing.type().name());
        if (pricing.type() == PricingType.Fixed) {
            CBORMetadataList amounts = new CBORMetadataList();
            for (Amount each : pricing.fixed().amounts()) {
                CBORMetadataMap amount = new CBORMetadataMap().put("amount", each.amount().toString());
                put(amount, "unit", each.unit());
                amounts.add(amount);
            }
            map.put("fixedPricing", amounts);
        }
        return map;
    }

    private static void put(CBORMetadataMap map, String member, String text) {
        if (text == null) {
            return;
        }
        List<String> chunks = chunks(text);
        if (chunks.size() == 1) {
            map.put(member, chunks.getFirst());
        } else {
            map.put(member, list(chunks));
        }
    }

    private static void addText(CBORMetadataList list, String text) {
        List<String> chunks = chunks(text);
        if (chunks.size() == 1) {
            list.add(chunks.getFirst());
        } else {
            list.add(list(chunks));
        }
    }

    private static CBORMetadataList list(List<String> chunks) {
        CBORMetadataList list = new CBORMetadataList();
        chunks.forEach(list::add);
        return list;
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }

    /** Pieces of at most 60 UTF-8 bytes, none of which cuts a character. */
    static List<String> chunks(String text) {
        List<String> chunks = new ArrayList<>();
        StringBuilder chunk = new StringBuilder();
        int bytes = 0;
        for (int codePoint : text.codePoints().toArray()) {
            String character = Character.toString(codePoint);
            int length = character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + length > CHUNK_BYTES) {
                chunks.add(chunk.toString());
                chunk.setLength(0);
                bytes = 0;
            }
            chunk.append(character);
            bytes += length;
        }
        chunks.add(chunk.toString());
        return chunks;
    }

    /**
     * Reads an agent's metadata out of label 721 as a Blockfrost API shows it; never throws, whatever a stranger minted.
     *
     * @return empty if there is none for this agent, or it lacks what a sale needs: a name, an API base URL, a price
     */
    public static Optional<AgentDetails> read(JsonNode label721, String agentIdentifier) {
        AssetId nft = AssetId.of(agentIdentifier);
        JsonNode members = label721.path(nft.policy().hex()).path(nft.name());
        String name = text(members.get("name"));
        String apiBaseUrl = text(members.get("api_base_url"));
        Optional<AgentPricing> pricing = readPricing(members.path("agentPricing"));
        if (name == null || apiBaseUrl == null || pricing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AgentDetails(name, text(members.get("description")), apiBaseUrl, examples(members.path("example_output")),
                capability(members.path("capability")), author(members.path("author")), legal(members.path("legal")),
                tags(members.path("tags")), pricing.get(), text(members.get("image")), version(members.path("metadata_version"))));
    }

    private static Optional<AgentPricing> readPricing(JsonNode node) {
        String type = text(node.get("pricingType"));
        if ("Free".equals(type)) {
            return Optional.of(new AgentPricing(PricingType.Free, Funds.NONE));
        }
        if ("Dynamic".equals(type)) {
            return Optional.of(new AgentPricing(PricingType.Dynamic, Funds.NONE));
        }
        JsonNode fixed = node.path("fixedPricing");
        if (!"Fixed".equals(type) || !fixed.isArray() || fixed.isEmpty() || fixed.size() > MAX_ENTRIES) {
            return Optional.empty();
        }
        List<Amount> amounts = new ArrayList<>();
        for (JsonNode each : fixed) {
            JsonNode amount = each.path("amount");
            String unit = text(each.get("unit"));
            try {
                amounts.add(Amount.parse(unit, amount.isIntegralNumber() ? amount.asText() : text(amount)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        Funds price = Funds.of(amounts);
        return price.isEmpty() ? Optional.empty() : Optional.of(new AgentPricing(PricingType.Fixed, price));
    }

    private static List<AgentDetails.ExampleOutput> examples(JsonNode node) {
        List<AgentDetails.ExampleOutput> examples = new ArrayList<>();
        if (node.isArray() && node.size() <= MAX_ENTRIES) {
            node.forEach(each -> {
                String url = text(each.get("url"));
                if (url != null) {
                    examples.add(new AgentDetails.ExampleOutput(text(each.get("name")), text(each.get("mime_type")), url));
                }
            });
        }
        return List.copyOf(examples);
    }

    private static AgentDetails.Capability capability(JsonNode node) {
        return node.isObject() ? new AgentDetails.Capability(text(node.get("name")), text(node.get("version"))) : null;
    }

    private static AgentDetails.Author author(JsonNode node) {
        return node.isObject()
                ? new AgentDetails.Author(text(node.get("name")), text(node.get("contact_email")), text(node.get("contact_other")),
                        text(node.get("organization")))
                : null;
    }

    private static AgentDetails.Legal legal(JsonNode node) {
        return node.isObject()
                ? new AgentDetails.Legal(text(node.get("privacy_policy")), text(node.get("terms")), text(node.get("other")))
                : null;
    }

    private static List<String> tags(JsonNode node) {
        List<String> tags = new ArrayList<>();
        if (node.isArray() && node.size() <= MAX_ENTRIES) {
            node.forEach(each -> {
                String tag = text(each);
                if (tag != null) {
                    tags.add(tag);
                }
            });
        }
        return List.copyOf(tags);
    }

    private static int version(JsonNode node) {
        return node.canConvertToInt()
                ? node.intValue()
                : text(node) != null && text(node).matches("\\d{1,6}") ? Integer.parseInt(text(node)) : 1;
    }

    /** A text, or a list of texts joined; null for anything else, as for what a stranger minted to choke its readers. */
    private static String text(JsonNode node) {
        String joined = joined(node);
        return joined == null || TextRules.isStorable(joined) ? joined : null;
    }

    private static String joined(JsonNode node) {
        if (node == null) {
            return null;
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        if (!node.isArray() || node.size() > MAX_ENTRIES) {
            return null;
        }
        StringBuilder joined = new StringBuilder();
        for (JsonNode chunk : node) {
            if (!chunk.isTextual()) {
                return null;
            }
            joined.append(chunk.textValue());
        }
        return joined.toString();
    }
}
