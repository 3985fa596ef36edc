package io.masumi.node.query.registry;

import io.masumi.node.Requester;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.Party;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.query.Sale;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.registry.AgentDetails.Author;
import io.masumi.node.registry.AgentDetails.Capability;
import io.masumi.node.registry.AgentDetails.ExampleOutput;
import io.masumi.node.registry.AgentDetails.Legal;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.registry.RegistrationId;
import java.util.List;

/** Registrations for tests. */
final class Registrations {

    static final String AGENT = Sale.PREPROD.policyId() + "0b".repeat(32);

    private Registrations() {}

    static RegistrationEvent requested(String id, String name, AgentPricing pricing, boolean complete) {
        AgentDetails details = complete
                ? new AgentDetails(name, "Says it shorter", "https://agent.example", List.of(new ExampleOutput("short", "text/plain",
                        "https://agent.example/out")), new Capability("summary", "1.0"),
                        new Author("Ann", "ann@agent.example", null, "Agents"),
                        new Legal("https://agent.example/privacy", null, null), List.of("text", "short"), pricing,
                        "https://agent.example/i.png", 1)
                : new AgentDetails(name, null, "https://agent.example", null, null, new Author("Ann", null, null, null), null, null,
                        pricing, null,
                        1);
        return new RegistrationEvent.RegistrationRequested(new RegistrationId(id), Sale.PREPROD, Sale.SELLING,
                complete ? new Participant("cc".repeat(28), "addr_test1recipient") : null, complete ? 5_000_000L : null, details,
                new Requester("ckey0admin", true));
    }

    static List<RegistrationEvent> life(String id) {
        RegistrationId registration = new RegistrationId(id);
        return List.of(requested(id, "Summarizer", new AgentPricing(PricingType.Fixed, Funds.lovelace(5_000_000)), true),
                new RegistrationEvent.RegistrationInitiated(registration, AGENT, "01".repeat(32), 10, null),
                new RegistrationEvent.RegistrationConfirmed(registration, transaction("01")),
                new RegistrationEvent.DeregistrationRequested(registration, Requester.NODE),
                new RegistrationEvent.DeregistrationInitiated(registration, "02".repeat(32), 20, null),
                new RegistrationEvent.DeregistrationFailed(registration, ErrorType.NetworkError, "nobody answers"),
                new RegistrationEvent.DeregistrationRequested(registration, Requester.NODE),
                new RegistrationEvent.DeregistrationInitiated(registration, "03".repeat(32), 30, null),
                new RegistrationEvent.DeregistrationConfirmed(registration, transaction("03")),
                new RegistrationEvent.RegistrationDeleted(registration, Requester.NODE));
    }

    private static EscrowTransaction transaction(String hash) {
        return new EscrowTransaction(hash.repeat(32), new ChainPoint(7, "ab".repeat(32), 3, 1_800_000_000_000L), 250_000, Party.Seller);
    }
}
