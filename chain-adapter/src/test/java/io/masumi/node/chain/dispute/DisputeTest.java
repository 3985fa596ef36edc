package io.masumi.node.chain.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.VkeyWitness;
import io.masumi.node.RejectedException;
import io.masumi.node.Requester;
import io.masumi.node.chain.CrashPoint;
import io.masumi.node.chain.NodeOnDevelopmentNetwork;
import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.dispute.BuildDisputeWithdrawal.Favour;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.chain.cardano.transaction.DisputedWithdrawal;
import io.masumi.node.chain.cardano.transaction.UnsignedTransaction;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.dispute.DisputeEvent;
import io.masumi.node.dispute.DisputeWithdrawalId;
import io.masumi.node.dispute.Division;
import io.masumi.node.dispute.Proposal;
import io.masumi.node.escrow.AdminWeight;
import io.masumi.node.escrow.DisputeOutcome;
import io.masumi.node.escrow.DisputeResolution;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.dispute.DisputeQuery.FindDisputeWithdrawal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Disputes that admins resolve, on the development network with the real contract. */
@Tag("slow")
class DisputeTest {

    private static final Requester ADMIN = new Requester("cadmin0001", true);
    private static final Duration A_DAY = Duration.ofDays(1);

    private final TestKey a = TestKey.fresh();
    private final TestKey b = TestKey.fresh();
    private final TestKey c = TestKey.fresh();

    @Test
    void twoOfThreeAdminsPayTheSellerAndOneAloneDoesNot() {
        try (NodeOnDevelopmentNetwork node = withAdmins(2, a, b, c)) {
            Sale sale = disputed(node);
            OutputRef escrow = node.payment(sale).escrow().output();
            Funds locked = node.payment(sale).escrow().locked();
            Funds collateral = Funds.lovelace(node.payment(sale).escrow().collateralReturnLovelace().longValueExact());
            assertThatThrownBy(() -> build(node, escrow, Favour.ForSeller)).isInstanceOf(RejectedException.class)
                    .hasMessageContaining("too early");
            unlock(node, sale);

            Dispute dispute = node.bean(QueryGateway.class)
                    .query(new FindDisputes(node.sourceId(), 10, null), ResponseTypes.multipleInstancesOf(Dispute.class)).join().getFirst();
            assertThat(dispute.output()).isEqualTo(escrow);
            assertThat(dispute.blockchainIdentifier()).isEqualTo(sale.identifier.value());
            assertThat(dispute.datum().resultHash()).isEqualTo(NodeOnDevelopmentNetwork.RESULT_HASH);
            assertThat(dispute.wholeHistory()).isTrue();
            assertThat(dispute.history()).extracting(Dispute.Step::action).containsExactly(EscrowAction.Lock, EscrowAction.SubmitResult,
                    EscrowAction.RequestRefund);
            assertThat(dispute.admins()).extracting(admin -> admin.counts().vkey()).containsExactly(a.vkey(), b.vkey(), c.vkey());
            assertThat(dispute.requiredWeight()).isEqualTo(2);

            assertThatThrownBy(() -> node.commands().sendAndWait(new BuildDisputeWithdrawal(node.sourceId(), escrow, null,
                    new Division(Funds.lovelace(1), Funds.lovelace(1)), List.of(), null, A_DAY, ADMIN)))
                    .hasMessageContaining("add up");
            assertThatThrownBy(() -> node.commands().sendAndWait(new BuildDisputeWithdrawal(node.sourceId(), escrow, Favour.ForBuyer, null,
                    List.of(b.vkey()), a.owner().address(), A_DAY, ADMIN))).hasMessageContaining("those chosen have 1");

            DisputeWithdrawalId id = build(node, escrow, Favour.ForSeller);
            String hash = hash(node, id);
            refused(node, new SignDisputeWithdrawal(id, null, c.publicKeyHex(), c.signHex(hash), ADMIN), c.vkey());
            refused(node, new SignDisputeWithdrawal(id, null, b.publicKeyHex(), b.signHex("00".repeat(32)), ADMIN),
                    "not one of transaction");
            String noPoint = "ab".repeat(32);
            refused(node, new SignDisputeWithdrawal(id, null, noPoint, b.signHex(hash), ADMIN), "not one of transaction");
            refused(node, new SignDisputeWithdrawal(id, "a0", null, null, ADMIN), "no key's signature");
            refused(node, new SignDisputeWithdrawal(id, "a1", null, null, ADMIN), "cannot be read");
            node.commands().sendAndWait(new SignDisputeWithdrawal(id, a.witnessSet(hash, true), null, null, ADMIN));
            node.commands().sendAndWait(new SignDisputeWithdrawal(id, a.witnessSet(hash, false), null, null, ADMIN));
            assertThat(node.events(id.value())).containsExactly("WithdrawalProposed", "WithdrawalSigned");
            for (int i = 0; i < 5; i++) {
                node.block();
            }
            assertThat(node.atContract()).hasSize(3);

            node.commands().sendAndWait(new SignDisputeWithdrawal(id, null, b.publicKeyHex(), b.signHex(hash), ADMIN));
            resolved(node, sale);
            node.until("confirmed", () -> shown(node, id).contains("\"status\":\"Confirmed\""));
            assertThat(node.events(id.value())).containsExactly("WithdrawalProposed", "WithdrawalSigned", "WithdrawalSigned",
                    "SignaturesCompleted", "WithdrawalSubmitted", "WithdrawalConfirmed");
            assertThat(resolution(node, sale))
                    .isEqualTo(new DisputeResolution(DisputeOutcome.ForSeller, locked.minus(collateral), collateral,
                            Funds.NONE, List.of(new AdminWeight(a.vkey(), 1), new AdminWeight(b.vkey(), 1)), 2));
            assertThat(node.payment(sale).escrow().withdrawnForSeller()).isEqualTo(locked.minus(collateral));
            assertThat(shown(node, id)).contains("\"requiredWeight\":2,\"signedWeight\":2").contains("\"handedInBy\":\"cadmin0001\"");
        }
    }

    @Test
    void anAdminListedTwiceCountsTwice() {
        try (NodeOnDevelopmentNetwork node = withAdmins(2, a, b, a)) {
            Sale sale = disputed(node);
            Funds locked = node.payment(sale).escrow().locked();
            unlock(node, sale);
            DisputeWithdrawalId id = build(node, node.payment(sale).escrow().output(), Favour.ForBuyer);
            sign(node, id, a);
            resolved(node, sale);
            assertThat(resolution(node, sale)).isEqualTo(new DisputeResolution(DisputeOutcome.ForBuyer, Funds.NONE, locked, Funds.NONE,
                    List.of(new AdminWeight(a.vkey(), 2)), 2));
        }
    }

    @Test
    void thePayerIsAnAdminWhoseAddressHoldsEnoughOrItIsSaidWhatIsMissingWhere() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.fundedWithAdminsAt(2,
                Stream.of(a, b, c).map(key -> key.ownerWithStake().address()).toList())) {
            Sale sale = disputed(node);
            unlock(node, sale);
            node.fund(b.owner(), 1_000_000);
            OutputRef escrow = node.payment(sale).escrow().output();
            String refusal = catchThrowable(() -> build(node, escrow, Favour.ForBuyer)).getMessage();
            Matcher cost = Pattern.compile("It takes (\\d+) lovelace of fee, at least (\\d+) that are left as change, and a collateral of "
                    + "(\\d+): (\\d+) lovelace in one output without tokens do").matcher(refusal);
            assertThat(cost.find()).as(refusal).isTrue();
            long enough = Long.parseLong(cost.group(4));
            assertThat(Long.parseLong(cost.group(3))).isEqualTo(Math.ceilDiv(Long.parseLong(cost.group(1)) * 3, 2));
            assertThat(refusal).contains(a.ownerWithStake().address() + " holds nothing", a.owner().address() + " holds nothing",
                    b.owner().address() + " holds 1000000 lovelace and 0 tokens in 1 output, and ",
                    c.ownerWithStake().address() + " holds nothing", "feePayerAddress");

            node.fund(c.owner(), enough);
            Proposal byC = proposal(node, build(node, escrow, Favour.ForBuyer));
            assertThat(byC.payer()).isEqualTo(c.owner());
            assertThat(byC.signers()).as("who pays is one of those who decide").containsExactly(a.vkey(), c.vkey());

            node.fund(b.ownerWithStake(), enough);
            DisputeWithdrawalId id = build(node, escrow, Favour.ForBuyer);
            assertThat(proposal(node, id).payer()).isEqualTo(b.ownerWithStake());
            assertThat(proposal(node, id).signers()).containsExactly(a.vkey(), b.vkey());
            DisputeWithdrawalId named = node.commands().sendAndWait(new BuildDisputeWithdrawal(node.sourceId(), escrow, Favour.ForBuyer,
                    null, List.of(a.vkey(), c.vkey()), null, A_DAY, ADMIN));
            assertThat(proposal(node, named).payer()).isEqualTo(c.owner());
            sign(node, id, a);
            sign(node, id, b);
            resolved(node, sale);
        }
    }

    @Test
    void whatAdminsDoWithAnotherToolIsSeenAndOvertakesWhatThisNodeProposed() throws Exception {
        try (NodeOnDevelopmentNetwork node = withAdmins(2, a, b, c)) {
            Sale sale = disputed(node);
            OutputRef escrow = node.payment(sale).escrow().output();
            Funds locked = node.payment(sale).escrow().locked();
            unlock(node, sale);
            DisputeWithdrawalId proposed = build(node, escrow, Favour.ForSeller);
            sign(node, proposed, a);

            Funds forSeller = Funds.lovelace(2_000_000);
            UnsignedTransaction other = node.bean(CardanoTransactionFactory.class).unsigned(node.sourceId(), c.owner(),
                    node.chain().unspent(c.owner().address()),
                    new DisputedWithdrawal(node.chain().unspentOutput(escrow).orElseThrow(), forSeller,
                            locked.minus(forSeller), List.of(b.vkey(), c.vkey()), A_DAY));
            Transaction signed = Transaction.deserialize(other.bytes());
            signed.getWitnessSet().setVkeyWitnesses(List.of(new VkeyWitness(b.publicKey(), b.sign(other.hash())),
                    new VkeyWitness(c.publicKey(), c.sign(other.hash()))));
            assertThat(node.chain().submit(signed.serialize())).isEqualTo(new SubmitOutcome.Accepted(other.hash()));
            resolved(node, sale);
            assertThat(resolution(node, sale)).isEqualTo(new DisputeResolution(DisputeOutcome.Split, forSeller, locked.minus(forSeller),
                    Funds.NONE, List.of(new AdminWeight(b.vkey(), 1), new AdminWeight(c.vkey(), 1)), 2));

            node.until("superseded", () -> shown(node, proposed).contains("\"status\":\"Superseded\""));
            assertThatThrownBy(() -> sign(node, proposed, b)).hasMessageContaining("Superseded");
        }
    }

    @Test
    void deathDoubtAndARollbackLeaveOneEffect() {
        try (NodeOnDevelopmentNetwork node = withAdmins(2, a, b, c)) {
            Sale sale = disputed(node);
            unlock(node, sale);
            DisputeWithdrawalId id = build(node, node.payment(sale).escrow().output(), Favour.ForBuyer);
            sign(node, id, a);
            node.stop();
            node.start();
            node.crash.arm(CrashPoint.BEFORE_SUBMITTING);
            node.network.faults().loseSubmitReplies(1);
            sign(node, id, b);
            for (CrashPoint next : List.of(CrashPoint.AFTER_SUBMITTING, CrashPoint.BEFORE_RECORDING)) {
                node.until("death", node.crash::isDead);
                node.stop();
                node.crash.arm(next);
                node.start();
            }
            node.until("death", node.crash::isDead);
            node.stop();
            node.start();
            resolved(node, sale);
            node.until("confirmed", () -> node.events(id.value()).contains("WithdrawalConfirmed"));
            assertThat(node.atContract()).hasSize(4);
            assertThat(node.events(sale.paymentId().value())).containsOnlyOnce("DisputeResolved");
            assertThat(node.events(sale.purchaseId().value())).containsOnlyOnce("DisputeResolved");
            assertThat(node.events(id.value())).containsOnlyOnce("SignaturesCompleted", "WithdrawalConfirmed")
                    .doesNotContain("WithdrawalLost");
        }
    }

    @Test
    void aWithdrawalThatARollbackTakesAwayComesAgainAndUntilThenThereIsADispute() {
        try (NodeOnDevelopmentNetwork node = withAdmins(1, a)) {
            Sale sale = disputed(node);
            EscrowStatus payment = node.payment(sale).escrow();
            EscrowStatus purchase = node.purchase(sale).escrow();
            unlock(node, sale);
            DisputeWithdrawalId id = build(node, node.payment(sale).escrow().output(), Favour.ForBuyer);
            sign(node, id, a);
            resolved(node, sale);
            node.until("confirmed", () -> node.events(id.value()).contains("WithdrawalConfirmed"));
            DisputeResolution resolution = resolution(node, sale);
            for (RolledBackTransactions fate : RolledBackTransactions.values()) {
                node.dropFrom(node.payment(sale).escrow().transaction().at().blockHeight(), fate);
                node.untilWithoutBlocks("undone", () -> node.events(id.value()).getLast().equals("WithdrawalRolledBack")
                        && node.events(sale.purchaseId().value()).getLast().equals("FactsUndone"));
                assertThat(node.payment(sale).escrow()).isEqualTo(payment);
                assertThat(node.purchase(sale).escrow()).isEqualTo(purchase);
                assertThat(node.payment(sale).next()).isEqualTo(NextAction.WAIT);
                assertThat(node.purchase(sale).next()).isEqualTo(NextAction.WAIT);
                resolved(node, sale);
                node.until("confirmed again", () -> node.events(id.value()).getLast().equals("WithdrawalConfirmed"));
                assertThat(resolution(node, sale)).isEqualTo(resolution);
                assertThat(node.atContract()).hasSize(4);
            }
        }
    }

    @Test
    void silenceAndAWrongAnswerLeaveOneEffect() {
        try (NodeOnDevelopmentNetwork node = withAdmins(1, a)) {
            Sale sale = disputed(node);
            unlock(node, sale);
            DisputeWithdrawalId id = build(node, node.payment(sale).escrow().output(), Favour.ForBuyer);
            AtomicInteger tries = new AtomicInteger();
            node.crash.carryBy((transaction, network) -> switch (tries.incrementAndGet()) {
                case 1 -> new SubmitOutcome.Unknown("502 Bad Gateway");
                case 2 -> {
                    network.submit(transaction);
                    yield new SubmitOutcome.Refused(true, false, "All inputs are spent");
                }
                default -> network.submit(transaction);
            });
            sign(node, id, a);
            resolved(node, sale);
            node.until("confirmed", () -> node.events(id.value()).contains("WithdrawalConfirmed"));
            assertThat(tries).hasValueGreaterThanOrEqualTo(2);
            assertThat(node.atContract()).hasSize(4);
            assertThat(node.events(id.value())).doesNotContain("WithdrawalLost");
            assertThat(node.events(sale.paymentId().value())).containsOnlyOnce("DisputeResolved");
        }
    }

    @Test
    void aWithdrawalThatNeverArrivesExpiresAndCanBeBuiltAnew() {
        try (NodeOnDevelopmentNetwork node = withAdmins(1, a)) {
            Sale sale = disputed(node);
            unlock(node, sale);
            node.crash.carryBy((_, _) -> new SubmitOutcome.Unknown("swallowed"));
            DisputeWithdrawalId lost = build(node, node.payment(sale).escrow().output(), Favour.ForBuyer);
            sign(node, lost, a);
            node.clock.advance(A_DAY.plusMinutes(1));
            node.until("expired", () -> shown(node, lost).contains("\"status\":\"Expired\""));
            assertThat(node.atContract()).hasSize(3);

            node.crash.heal();
            DisputeWithdrawalId second = build(node, node.payment(sale).escrow().output(), Favour.ForBuyer);
            sign(node, second, a);
            resolved(node, sale);
            assertThat(node.atContract()).hasSize(4);
            assertThat(node.chain().unspent(node.escrowAddress)).isEmpty();
        }
    }

    private static NodeOnDevelopmentNetwork withAdmins(int required, TestKey... admins) {
        List<TestKey> keys = List.of(admins);
        NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.fundedWithAdmins(required, keys.stream().map(TestKey::vkey).toList());
        keys.stream().distinct().forEach(key -> node.fund(key.owner(), 10_000_000, 20_000_000));
        return node;
    }

    private static Sale disputed(NodeOnDevelopmentNetwork node) {
        Sale sale = node.agree();
        reached(node, sale, OnChainState.FundsLocked);
        node.commands().sendAndWait(
                new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH, NodeOnDevelopmentNetwork.OWNER));
        reached(node, sale, OnChainState.ResultSubmitted);
        node.commands().sendAndWait(new PurchaseCommand.RequestRefund(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER));
        reached(node, sale, OnChainState.Disputed);
        return sale;
    }

    private static void unlock(NodeOnDevelopmentNetwork node, Sale sale) {
        node.clock.set(Instant.ofEpochMilli(sale.times.externalDisputeUnlockTime()).plusSeconds(5));
        node.block();
    }

    private static DisputeWithdrawalId build(NodeOnDevelopmentNetwork node, OutputRef escrow, Favour favour) {
        return node.commands().sendAndWait(
                new BuildDisputeWithdrawal(node.sourceId(), escrow, favour, null, List.of(), null, A_DAY, ADMIN));
    }

    private static void sign(NodeOnDevelopmentNetwork node, DisputeWithdrawalId id, TestKey key) {
        node.commands().sendAndWait(new SignDisputeWithdrawal(id, key.witnessSet(hash(node, id), false), null, null, ADMIN));
    }

    private static Proposal proposal(NodeOnDevelopmentNetwork node, DisputeWithdrawalId id) {
        return node.bean(EventStore.class).readEvents(id.value()).asStream().map(DomainEventMessage::getPayload)
                .filter(DisputeEvent.WithdrawalProposed.class::isInstance).map(DisputeEvent.WithdrawalProposed.class::cast).findFirst()
                .orElseThrow().proposal();
    }

    private static void refused(NodeOnDevelopmentNetwork node, SignDisputeWithdrawal command, String why) {
        assertThatThrownBy(() -> node.commands().sendAndWait(command)).isInstanceOf(RejectedException.class).hasMessageContaining(why);
    }

    private static String hash(NodeOnDevelopmentNetwork node, DisputeWithdrawalId id) {
        return node.database().sql("SELECT transaction_hash FROM dispute_withdrawal WHERE id = ?").param(id.value()).query(String.class)
                .single();
    }

    private static String shown(NodeOnDevelopmentNetwork node, DisputeWithdrawalId id) {
        // A moment after a command there may be nothing to show yet.
        WireRecord shown = node.bean(QueryGateway.class).query(new FindDisputeWithdrawal(id), WireRecord.class).join();
        return shown == null ? "" : shown.json();
    }

    private static void resolved(NodeOnDevelopmentNetwork node, Sale sale) {
        reached(node, sale, OnChainState.DisputedWithdrawn);
    }

    private static void reached(NodeOnDevelopmentNetwork node, Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state
                && !node.payment(sale).next().isPending() && !node.purchase(sale).next().isPending());
    }

    /** As both sides recorded it. */
    private static DisputeResolution resolution(NodeOnDevelopmentNetwork node, Sale sale) {
        EventStore events = node.bean(EventStore.class);
        DisputeResolution payment = events.readEvents(sale.paymentId().value()).asStream().map(event -> event.getPayload())
                .filter(PaymentEvent.DisputeResolved.class::isInstance).map(PaymentEvent.DisputeResolved.class::cast).findFirst()
                .orElseThrow()
                .transition().resolution();
        DisputeResolution purchase = events.readEvents(sale.purchaseId().value()).asStream().map(event -> event.getPayload())
                .filter(PurchaseEvent.DisputeResolved.class::isInstance).map(PurchaseEvent.DisputeResolved.class::cast).findFirst()
                .orElseThrow().transition().resolution();
        assertThat(purchase).isEqualTo(payment);
        return payment;
    }
}
