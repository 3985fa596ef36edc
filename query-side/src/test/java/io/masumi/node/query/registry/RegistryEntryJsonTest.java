package io.masumi.node.query.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.query.WireSchemas;
import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.registry.RegistrationEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryEntryJsonTest {

    @Test
    void followsARegistrationWithinTheWireSchema() {
        assertThat(rendered(Registrations.life("cregistration1"))).extracting(step -> step.at("/state").asText() + " "
                + step.at("/agentIdentifier").isTextual() + " " + step.at("/CurrentTransaction/status").asText() + " "
                + step.at("/CurrentTransaction/fees").asText("") + " " + step.at("/error").asText("")).containsExactly(
                        "RegistrationRequested false   ",
                        "RegistrationInitiated true Pending  ",
                        "RegistrationConfirmed true Confirmed 250000 ",
                        "DeregistrationRequested true Confirmed 250000 ",
                        "DeregistrationInitiated true Pending  ",
                        "DeregistrationFailed true FailedViaTimeout  nobody answers",
                        "DeregistrationRequested true FailedViaTimeout  ",
                        "DeregistrationInitiated true Pending  ",
                        "DeregistrationConfirmed true Confirmed 250000 ",
                        "DeregistrationConfirmed true Confirmed 250000 ");
    }

    @Test
    void showsTheAgent() {
        JsonNode entry = rendered(Registrations.life("cregistration1")).getFirst();

        assertThat(entry.at("/AgentPricing").toString()).isEqualTo(
                "{\"pricingType\":\"Fixed\",\"Pricing\":[{\"amount\":\"5000000\",\"unit\":\"\"}]}");
        assertThat(entry.at("/Tags").toString()).isEqualTo("[\"text\",\"short\"]");
        assertThat(entry.at("/ExampleOutputs/0/mimeType").asText()).isEqualTo("text/plain");
        assertThat(entry.at("/RecipientWallet/walletAddress").asText()).isEqualTo("addr_test1recipient");
        assertThat(entry.at("/sendFundingLovelace").asText()).isEqualTo("5000000");
    }

    @ParameterizedTest
    @EnumSource(PricingType.class)
    void whatIsNotThereIsNullOrEmpty(PricingType type) {
        Funds price = type == PricingType.Fixed ? Funds.lovelace(1) : Funds.NONE;
        JsonNode entry = rendered(List.of(Registrations.requested("cregistration2", "Bare", new AgentPricing(type, price), false)))
                .getFirst();

        assertThat(entry.at("/AgentPricing/pricingType").asText()).isEqualTo(type.name());
        assertThat(entry.at("/Capability/name").isNull()).isTrue();
        assertThat(entry.at("/Legal/terms").isNull()).isTrue();
        assertThat(entry.at("/Tags").isEmpty()).isTrue();
        assertThat(entry.at("/RecipientWallet").isNull()).isTrue();
    }

    private static List<JsonNode> rendered(List<RegistrationEvent> events) {
        List<JsonNode> steps = new ArrayList<>();
        RegistrationView view = null;
        for (int version = 0; version < events.size(); version++) {
            view = RegistrationView.after(view, events.get(version),
                    new Occurrence(version, Instant.parse("2026-11-20T10:00:00Z").plusSeconds(version)));
            steps.add(WireSchemas.valid("RegistryEntry", RegistryEntryJson.render(view)));
        }
        return steps;
    }
}
