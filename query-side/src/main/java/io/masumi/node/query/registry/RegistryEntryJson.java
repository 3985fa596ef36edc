package io.masumi.node.query.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.query.projection.TransactionStatus;
import io.masumi.node.query.projection.WireFormat;
import io.masumi.node.registry.AgentDetails.Author;
import io.masumi.node.registry.AgentDetails.Capability;
import io.masumi.node.registry.AgentDetails.ExampleOutput;
import io.masumi.node.registry.AgentDetails.Legal;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.registry.RegistrationState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The wire's RegistryEntry. */
final class RegistryEntryJson {

    private static final int MS_PER_SECOND = 1000;

    private RegistryEntryJson() {}

    static String render(RegistrationView view) {
        RegistrationState state = view.state();
        RegistrationEvent.RegistrationRequested requested = state.requested();
        AgentDetails details = requested.details();
        ObjectNode entry = WireFormat.object();
        entry.put("error", state.error());
        entry.put("id", requested.registrationId().value());
        entry.put("name", details.name());
        entry.put("description", details.description());
        entry.put("apiBaseUrl", details.apiBaseUrl());
        entry.set("Capability", capability(details.capability()));
        entry.set("Author", author(details.author()));
        entry.set("Legal", legal(details.legal()));
        entry.put("state", state.phase().name());
        entry.set("Tags", tags(details.tags()));
        entry.put("createdAt", WireFormat.iso(view.createdAt()));
        entry.put("updatedAt", WireFormat.iso(view.updatedAt()));
        entry.put("lastCheckedAt", WireFormat.iso(view.lastObservedAt()));
        entry.set("ExampleOutputs", exampleOutputs(details.exampleOutputs()));
        entry.put("agentIdentifier", state.agentIdentifier());
        entry.set("AgentPricing", pricing(details.pricing()));
        entry.put("sendFundingLovelace", requested.sendFundingLovelace() == null ? null : requested.sendFundingLovelace().toString());
        // Both belong to the metadata of the later contract version.
        entry.putNull("supportedPaymentSources");
        entry.putNull("verifications");
        entry.set("SmartContractWallet", wallet(requested.sellingWallet()));
        entry.set("RecipientWallet", recipient(requested.recipient()));
        entry.set("CurrentTransaction", transaction(view));
        return entry.toString();
    }

    private static ObjectNode capability(Capability capability) {
        return WireFormat.object().put("name", member(capability, Capability::name)).put("version",
                member(capability, Capability::version));
    }

    private static ObjectNode author(Author author) {
        return WireFormat.object().put("name", author.name()).put("contactEmail", author.contactEmail())
                .put("contactOther", author.contactOther())
                .put("organization", author.organization());
    }

    private static ObjectNode legal(Legal legal) {
        return WireFormat.object().put("privacyPolicy", member(legal, Legal::privacyPolicy)).put("terms", member(legal, Legal::terms))
                .put("other", member(legal, Legal::other));
    }

    private static ArrayNode tags(List<String> tags) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        orNone(tags).forEach(array::add);
        return array;
    }

    private static ArrayNode exampleOutputs(List<ExampleOutput> outputs) {
        return WireFormat.array(orNone(outputs), each -> WireFormat.object().put("name", each.name()).put("url", each.url())
                .put("mimeType", each.mimeType()));
    }

    private static ObjectNode pricing(AgentPricing pricing) {
        ObjectNode shown = WireFormat.object().put("pricingType", pricing.type().name());
        if (pricing.type() == PricingType.Fixed) {
            shown.set("Pricing", WireFormat.funds(pricing.fixed()));
        }
        return shown;
    }

    private static ObjectNode wallet(WalletRef wallet) {
        return WireFormat.object().put("walletVkey", wallet.vkey()).put("walletAddress", wallet.address());
    }

    /** Null for the selling wallet, and for a script, which has no key. */
    private static ObjectNode recipient(Participant recipient) {
        return recipient == null || recipient.vkey() == null
                ? null
                : WireFormat.object().put("walletVkey", recipient.vkey()).put("walletAddress", recipient.address());
    }

    private static ObjectNode transaction(RegistrationView view) {
        RegistrationState state = view.state();
        if (state.transactionHash() == null) {
            return null;
        }
        EscrowTransaction seen = state.transaction();
        ObjectNode shown = WireFormat.object();
        shown.put("txHash", state.transactionHash());
        shown.put("status", status(view).name());
        shown.putNull("confirmations");
        shown.put("fees", seen == null ? null : Long.toString(seen.feeLovelace()));
        shown.put("blockHeight", seen == null ? null : seen.at().blockHeight());
        shown.put("blockTime", seen == null ? null : seen.at().blockTime() / MS_PER_SECOND);
        return shown;
    }

    /** A transaction is under way only in an Initiated phase; one not seen by the next phase is lost. */
    private static TransactionStatus status(RegistrationView view) {
        RegistrationState state = view.state();
        if (state.transaction() != null) {
            return TransactionStatus.Confirmed;
        }
        if (state.transactionHash().equals(view.givenUp())) {
            return TransactionStatus.FailedViaTimeout;
        }
        return switch (state.phase()) {
            case RegistrationInitiated, DeregistrationInitiated -> TransactionStatus.Pending;
            case
                    RegistrationRequested,
                    RegistrationConfirmed,
                    RegistrationFailed,
                    DeregistrationRequested,
                    DeregistrationConfirmed,
                    DeregistrationFailed ->
                TransactionStatus.FailedViaTimeout;
        };
    }

    private static <T> String member(T whole, Function<T, String> member) {
        return Optional.ofNullable(whole).map(member).orElse(null);
    }

    private static <T> List<T> orNone(List<T> list) {
        return list == null ? List.of() : list;
    }
}
