package io.masumi.node.chain;

import static io.masumi.node.chain.NodeOnDevelopmentNetwork.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import io.masumi.node.source.PaymentSourceEvent;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import java.util.Optional;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.source.ReferenceScriptRequest;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.query.source.PaymentSourceQuery.FindPaymentSource;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationId;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.ReferenceScript;
import io.masumi.node.source.ReferenceScript.Phase;

/** Minting, burning and putting up a script in blocks that are dropped: there is one agent and one script whatever happens. */
@Tag("slow")
class RolledBackRegistrationTest {

    /** Of a transaction, from when it was built. */
    private static final Duration VALIDITY = Duration.ofMinutes(5);
    private static final AgentDetails AGENT = new AgentDetails("Translator", "Translates", "https://agent.example/api", List.of(),
            new AgentDetails.Capability("translation", "1.0"), new AgentDetails.Author("Ada", null, null, null), null, List.of("text"),
            new AgentPricing(PricingType.Fixed, Funds.lovelace(5_000_000)), null, 1);

    @Test
    void aMintAndABurnComeAgainAsTheyWereTogetherToo() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            RegistrationId id = new RegistrationId("cregistration0001");
            register(node, id);
            confirmed(node, id, "RegistrationConfirmed", 1);
            List<String> agent = agents(node);
            assertThat(agent).hasSize(1);
            for (RolledBackTransactions fate : RolledBackTransactions.values()) {
                node.dropFrom(height(node, "RegisterAgent"), fate);
                node.untilWithoutBlocks("undone", () -> node.events(id.value()).getLast().equals("ConfirmationUndone"));
                assertThat(agents(node)).isEmpty();
                confirmed(node, id, "RegistrationConfirmed", 2 + fate.ordinal());
                assertThat(agents(node)).isEqualTo(agent);
            }
            node.commands().sendAndWait(new RegistrationCommand.RequestDeregistration(id, OWNER));
            confirmed(node, id, "DeregistrationConfirmed", 1);
            for (RolledBackTransactions fate : RolledBackTransactions.values()) {
                node.dropFrom(height(node, "DeregisterAgent"), fate);
                node.untilWithoutBlocks("undone", () -> node.events(id.value()).getLast().equals("ConfirmationUndone"));
                assertThat(agents(node)).isEqualTo(agent);
                confirmed(node, id, "DeregistrationConfirmed", 2 + fate.ordinal());
                assertThat(agents(node)).isEmpty();
            }
            node.dropFrom(height(node, "RegisterAgent"), RolledBackTransactions.LOST);
            confirmed(node, id, "DeregistrationConfirmed", 4);
            assertThat(agents(node)).isEmpty();
            assertThat(node.database().sql("SELECT status FROM chain_transaction").query(String.class).list())
                    .containsExactly("Confirmed", "Confirmed");
            assertThat(node.events(id.value())).doesNotContain("RegistrationFailed", "DeregistrationFailed")
                    .filteredOn("ConfirmationUndone"::equals).hasSize(5);
        }
    }

    @Test
    void aRegistrationThatCannotBeToldHearsOfTheRollbackFirstAndHoldsUpNoSale() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            RegistrationId id = new RegistrationId("cregistration0003");
            register(node, id);
            confirmed(node, id, "RegistrationConfirmed", 1);
            NodeOnDevelopmentNetwork.Sale sale = node.agree();
            node.until("locked", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked);
            node.crash.failWith(seen -> {
                if (seen instanceof RegistrationCommand.UndoConfirmation) {
                    throw new IllegalStateException("a fault that nobody foresaw");
                }
            });
            node.dropFrom(height(node, "RegisterAgent"), RolledBackTransactions.LOST);
            node.untilWithoutBlocks("the sale knows", () -> node.payment(sale).escrow().state() == null);
            node.until("locked again", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked);
            node.until("on chain again", () -> agents(node).size() == 1);
            assertThat(node.database().sql("SELECT role FROM pending_retry WHERE aggregate_id = ?").param(id.value())
                    .query(String.class).list()).containsExactly("Registration");
            assertThat(node.events(id.value()).getLast()).isEqualTo("RegistrationConfirmed");
            node.crash.heal();
            node.clock.advance(VALIDITY);
            confirmed(node, id, "RegistrationConfirmed", 2);
            assertThat(node.events(id.value())).containsOnlyOnce("ConfirmationUndone");
            assertThat(node.events(id.value()).getLast()).isEqualTo("RegistrationConfirmed");
        }
    }

    @Test
    void whatIsTooLateToComeAgainIsLeftToAnOperatorAndNotMadeASecondTime() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            RegistrationId id = new RegistrationId("cregistration0002");
            register(node, id);
            node.commands().sendAndWait(new ReferenceScriptRequest.Deploy(node.sourceId(), ContractScript.Escrow, null, OWNER));
            confirmed(node, id, "RegistrationConfirmed", 1);
            node.until("deployed", () -> phase(node) == Phase.Deployed);
            node.until("final", () -> statuses(node).equals(List.of("Confirmed", "Confirmed")));
            OutputRef deployed = script(node).orElseThrow().output();
            node.clock.advance(VALIDITY);
            node.dropFrom(Math.min(height(node, "RegisterAgent"), height(node, "DeployReferenceScript")), RolledBackTransactions.LOST);
            node.until("noted", () -> node.events(id.value()).getLast().equals("RegistrationFailed")
                    && phase(node) == Phase.DeploymentFailed);
            for (int i = 0; i < 5; i++) {
                node.block();
            }

            assertThat(statuses(node)).containsExactly("Dropped", "Dropped");
            assertThat(agents(node)).isEmpty();
            assertThat(script(node).orElseThrow().errorNote()).contains("rolled back", deployed.transactionHash());
            node.commands().sendAndWait(new ReferenceScriptRequest.Deploy(node.sourceId(), ContractScript.Escrow, null, OWNER));
            node.until("deployed anew", () -> phase(node) == Phase.Deployed);
            assertThat(carriers(node)).isEqualTo(1);
        }
    }

    @Test
    void aMintThatOnlyTheRecordTookForFinalIsNotMadeASecondTimeEither() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            // As if the node died each time after it told the record, and before it noted that.
            node.database().sql("""
                    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'as the test wants'; END $$""")
                    .update();
            node.database().sql("CREATE TRIGGER fail BEFORE UPDATE ON chain_transaction FOR EACH ROW WHEN (NEW.status = 'Confirmed')"
                    + " EXECUTE FUNCTION fail()").update();
            RegistrationId id = new RegistrationId("cregistration0003");
            register(node, id);
            node.until("confirmed", () -> node.events(id.value()).getLast().equals("RegistrationConfirmed"));
            node.clock.advance(VALIDITY);
            node.dropFrom(height(node, "RegisterAgent"), RolledBackTransactions.LOST);
            node.untilWithoutBlocks("undone", () -> node.events(id.value()).getLast().equals("ConfirmationUndone"));
            node.database().sql("DROP TRIGGER fail ON chain_transaction").update();
            node.until("noted", () -> node.events(id.value()).getLast().equals("RegistrationFailed"));
            for (int i = 0; i < 5; i++) {
                node.block();
            }
            assertThat(statuses(node)).containsExactly("Dropped");
            assertThat(agents(node)).isEmpty();
        }
    }

    @Test
    void aScriptThatIsPutUpComesAgainAsItWas() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            node.commands().sendAndWait(new ReferenceScriptRequest.Deploy(node.sourceId(), ContractScript.Escrow, null, OWNER));
            node.until("deployed", () -> phase(node) == Phase.Deployed);
            OutputRef deployed = script(node).orElseThrow().output();
            node.until("final", () -> statuses(node).equals(List.of("Confirmed")));
            for (RolledBackTransactions fate : RolledBackTransactions.values()) {
                node.dropFrom(height(node, "DeployReferenceScript"), fate);
                node.untilWithoutBlocks("noticed", () -> statuses(node).equals(List.of("Submitted")));
                node.until("there again", () -> statuses(node).equals(List.of("Confirmed")));
                assertThat(node.chain().unspentOutput(deployed)).isPresent();
            }
            assertThat(carriers(node)).isEqualTo(1);
            // One more for each block that it came to be in.
            assertThat(node.events(node.source.id())).startsWith("PaymentSourceCreated", "ReferenceScriptDeploymentRequested")
                    .endsWith("ReferenceScriptDeployed", "ReferenceScriptDeployed").doesNotContain("TransactionGivenUp");
            PaymentSourceEvent.ReferenceScriptDeployed last = (PaymentSourceEvent.ReferenceScriptDeployed) node.bean(EventStore.class)
                    .readEvents(node.source.id()).asStream().map(DomainEventMessage::getPayload).reduce((_, event) -> event).orElseThrow();
            assertThat(last.output()).isEqualTo(deployed);
            assertThat(last.transaction().hash()).isEqualTo(deployed.transactionHash());
            assertThat(node.chain().inclusion(deployed.transactionHash())).hasValueSatisfying(there -> {
                assertThat(last.transaction().at()).isEqualTo(there.at());
                assertThat(last.transaction().feeLovelace()).isEqualTo(there.feeLovelace()).isPositive();
            });
        }
    }

    private static void register(NodeOnDevelopmentNetwork node, RegistrationId id) {
        node.commands().sendAndWait(new RegistrationCommand.RequestRegistration(id, node.source,
                new WalletRef(node.sellingWallet().value(), node.seller.vkey(), node.seller.address()), null, null, AGENT, OWNER));
    }

    private static void confirmed(NodeOnDevelopmentNetwork node, RegistrationId id, String event, int times) {
        node.until(event, () -> node.events(id.value()).stream().filter(event::equals).count() == times
                && node.events(id.value()).getLast().equals(event));
        // And the table knows that too.
        node.until("final", () -> statuses(node).stream().noneMatch("Submitted"::equals));
    }

    private static List<String> agents(NodeOnDevelopmentNetwork node) {
        return node.chain().assetsOf(node.seller.vkey(), node.source.policyId(), 10);
    }

    private static long height(NodeOnDevelopmentNetwork node, String kind) {
        return node.database().sql("SELECT block_height FROM chain_transaction JOIN chain_action ON hash = transaction_hash WHERE kind = ?")
                .param(kind).query(Long.class).single();
    }

    private static List<String> statuses(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT status FROM chain_transaction ORDER BY number").query(String.class).list();
    }

    private static Phase phase(NodeOnDevelopmentNetwork node) {
        return script(node).map(ReferenceScript::phase).orElse(null);
    }

    private static Optional<ReferenceScript> script(NodeOnDevelopmentNetwork node) {
        return node.bean(QueryGateway.class)
                .query(new FindPaymentSource(node.sourceId()), ResponseTypes.optionalInstanceOf(PaymentSourceView.class)).join().stream()
                .flatMap(source -> source.referenceScripts().stream()).findFirst();
    }

    /** Outputs that carry the escrow's script. */
    private static long carriers(NodeOnDevelopmentNetwork node) {
        String escrow = ShelleyAddress.parse(node.escrowAddress).paymentScriptHash().orElseThrow();
        return List.of(node.seller, node.buyer).stream().map(wallet -> NodeOnDevelopmentNetwork.keyAddress(wallet.vkey()))
                .flatMap(address -> node.chain().unspent(address).stream()).filter(utxo -> escrow.equals(utxo.referenceScriptHash()))
                .count();
    }
}
