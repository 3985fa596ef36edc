package io.masumi.node.chain;

import static io.masumi.node.chain.NodeOnDevelopmentNetwork.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationId;

/**
 * A node that dies between any two steps of undoing what came of lost blocks goes on afterwards, and the end is the same:
 * nothing is undone twice, and nothing is on chain twice. Meanwhile a result is on its way.
 */
@Tag("slow")
class RollbackCrashTest {

    private static final AgentDetails AGENT = new AgentDetails("Translator", "Translates", "https://agent.example/api", List.of(),
            new AgentDetails.Capability("translation", "1.0"), new AgentDetails.Author("Ada", null, null, null), null, List.of("text"),
            new AgentPricing(PricingType.Fixed, Funds.lovelace(5_000_000)), null, 1);

    private NodeOnDevelopmentNetwork node;
    private int rounds;

    @Test
    void theEndIsTheSameWheneverItDies() {
        try (NodeOnDevelopmentNetwork started = NodeOnDevelopmentNetwork.funded()) {
            node = started;
            for (CrashPoint point : List.of(CrashPoint.BEFORE_UNDOING, CrashPoint.BETWEEN_UNDOINGS,
                    CrashPoint.BEFORE_UNDOING_REGISTRATIONS)) {
                dieInRollback(() -> node.crash.arm(point), _ -> node.crash.isDead(), () -> {});
            }
            // The last step is the database's alone, so there it is the database that fails.
            node.database().sql("""
                    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'as the test wants'; END $$""")
                    .update();
            dieInRollback(
                    () -> node.database().sql("CREATE TRIGGER fail BEFORE DELETE ON observed_transaction EXECUTE FUNCTION fail()").update(),
                    id -> node.events(id.value()).contains("ConfirmationUndone"),
                    () -> node.database().sql("DROP TRIGGER fail ON observed_transaction").update());
        }
    }

    private interface Death {
        boolean came(RegistrationId id);
    }

    private void dieInRollback(Runnable arm, Death death, Runnable heal) {
        int others = node.atContract().size();
        Sale working = node.agree();
        Sale waiting = node.agree();
        RegistrationId agent = register();
        node.until("done", () -> isIn(working, OnChainState.FundsLocked) && isIn(waiting, OnChainState.FundsLocked)
                && node.events(agent.value()).contains("RegistrationConfirmed"));
        node.commands().sendAndWait(new PaymentCommand.SubmitResult(working.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH, OWNER));
        node.untilWithoutBlocks("result on its way", () -> node.database()
                .sql("SELECT EXISTS (SELECT 1 FROM chain_action WHERE aggregate_id = ? AND status = 'Submitted')")
                .param(working.paymentId().value()).query(Boolean.class).single());
        int locks = node.atContract().size() - others;
        List<String> built = hashes();

        arm.run();
        node.dropFrom(LongStream.of(height(working), height(waiting), height(agent)).min().orElseThrow(), RolledBackTransactions.LOST);
        node.untilWithoutBlocks("death", () -> death.came(agent));
        node.stop();
        node.start();
        heal.run();
        node.until("all is there again", () -> isIn(working, OnChainState.ResultSubmitted) && isIn(waiting, OnChainState.FundsLocked)
                && node.events(agent.value()).getLast().equals("RegistrationConfirmed"));

        assertThat(node.atContract()).hasSize(others + locks + 1);
        assertThat(hashes()).isEqualTo(built);
        assertThat(node.events(working.paymentId().value())).containsExactly("PaymentCreated", "FundsLocked", "ResultSubmissionRequested",
                "ActionInitiated", "FactsUndone", "FundsLocked", "ResultSubmitted");
        assertThat(node.events(waiting.paymentId().value())).containsExactly("PaymentCreated", "FundsLocked", "FactsUndone", "FundsLocked");
        assertThat(node.events(waiting.purchaseId().value())).containsExactly("PurchaseCreated", "FundsLockingRequested",
                "ActionInitiated", "FundsLocked", "FactsUndone", "FundsLocked");
        assertThat(node.events(agent.value())).containsExactly("RegistrationRequested", "RegistrationInitiated", "RegistrationConfirmed",
                "ConfirmationUndone", "RegistrationConfirmed");
        assertThat(node.chain().assetsOf(node.seller.vkey(), node.source.policyId(), 100)).hasSize(rounds);
    }

    private RegistrationId register() {
        RegistrationId id = new RegistrationId("cregistration" + ++rounds);
        node.commands().sendAndWait(new RegistrationCommand.RequestRegistration(id, node.source,
                new WalletRef(node.sellingWallet().value(), node.seller.vkey(), node.seller.address()), null, null, AGENT, OWNER));
        return id;
    }

    private boolean isIn(Sale sale, OnChainState state) {
        return node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state;
    }

    private long height(Sale sale) {
        return node.payment(sale).escrow().transaction().at().blockHeight();
    }

    private long height(RegistrationId id) {
        return node.database().sql("SELECT block_height FROM chain_transaction JOIN chain_action ON hash = transaction_hash"
                + " WHERE aggregate_id = ?").param(id.value()).query(Long.class).single();
    }

    /** Of all transactions that were ever built. */
    private List<String> hashes() {
        return node.database().sql("SELECT hash FROM chain_transaction ORDER BY number").query(String.class).list();
    }
}
