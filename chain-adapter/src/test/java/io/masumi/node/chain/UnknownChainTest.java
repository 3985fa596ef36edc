package io.masumi.node.chain;

import static io.masumi.node.chain.NodeOnDevelopmentNetwork.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.RejectedException;
import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.chain.source.FindStoppedSources;
import io.masumi.node.chain.source.StoppedSource;
import io.masumi.node.devnet.DevelopmentNetwork;
import io.masumi.node.devnet.DevnetOptions;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;

/** The provider shows a chain of which the node knows no block: it does nothing, says so, and goes on when it is right again. */
@Tag("slow")
class UnknownChainTest {

    @Test
    void nothingIsSentUntilTheKnownChainIsShownAgainAndAnOperatorHasLooked() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale stands = node.agree();
            reached(node, stands, OnChainState.FundsLocked);
            Sale underWay = node.agree();
            node.untilWithoutBlocks("accepted", () -> submitted(node) == 1);
            try (DevelopmentNetwork other = otherNetwork(node)) {
                node.crash.show(node.bean(BlockfrostChainProviders.class).at(other.baseUrl(), "any"));
                node.untilWithoutBlocks("told", () -> Stream.of(stands, underWay).allMatch(sale -> isManual(node.purchase(sale).next()))
                        && isManual(node.payment(stands).next()));
                assertThat(node.purchase(underWay).next().errorType()).isEqualTo(ErrorType.NetworkError);
                assertThat(node.purchase(underWay).next().errorNote()).contains("does not show the chain that was followed",
                        "none of the", "remembered blocks");
                assertThat(stopped(node)).singleElement().satisfies(source -> {
                    assertThat(source.sourceId()).isEqualTo(node.sourceId());
                    assertThat(source.because()).contains("none of the");
                    assertThat(source.since()).isNotNull();
                });
                assertThatThrownBy(() -> submitResult(node, stands)).isInstanceOf(RejectedException.class);

                Sale asked = node.agree();
                blocks(node, other, 5);
                assertThat(transactions(node)).isEqualTo(2);
                assertThat(node.purchase(asked).next().wireName()).isEqualTo("FundsLockingRequested");

                node.crash.show(null);
                node.untilWithoutBlocks("known again", () -> stopped(node).isEmpty());
                reached(node, asked, OnChainState.FundsLocked);
            }
            reached(node, underWay, OnChainState.FundsLocked);
            assertThat(node.purchase(underWay).next()).isEqualTo(NextAction.WAIT);
            assertThat(isManual(node.payment(stands).next())).isTrue();
            node.commands().sendAndWait(new PaymentCommand.RecoverFromError(stands.paymentId(), false, OWNER));
            node.commands().sendAndWait(new PurchaseCommand.RecoverFromError(stands.purchaseId(), false, OWNER));
            submitResult(node, stands);
            reached(node, stands, OnChainState.ResultSubmitted);
            assertThat(node.atContract()).hasSize(4);
            assertThat(transactions(node)).isEqualTo(4);
        }
    }

    @Test
    void aLockThatIsAskedForAgainWaitsForTheOneThatWasUnderWay() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            node.untilWithoutBlocks("accepted", () -> submitted(node) == 1);
            try (DevelopmentNetwork other = otherNetwork(node)) {
                node.crash.show(node.bean(BlockfrostChainProviders.class).at(other.baseUrl(), "any"));
                node.untilWithoutBlocks("told", () -> isManual(node.purchase(sale).next()));
                node.commands().sendAndWait(new PurchaseCommand.RecoverFromError(sale.purchaseId(), true, OWNER));
                node.crash.show(null);
            }
            reached(node, sale, OnChainState.FundsLocked);
            node.until("final", () -> submitted(node) == 0);
            assertThat(node.atContract()).hasSize(1);
            assertThat(transactions(node)).isEqualTo(1);
        }
    }

    @Test
    void nothingEndsByItselfBeforeTheKnownChainWasFollowedToWhereNothingCanBeLocked() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            node.untilWithoutBlocks("accepted", () -> submitted(node) == 1);
            try (DevelopmentNetwork other = otherNetwork(node)) {
                node.crash.show(node.bean(BlockfrostChainProviders.class).at(other.baseUrl(), "any"));
                node.untilWithoutBlocks("told", () -> isManual(node.purchase(sale).next()));
                node.clock.set(Instant.ofEpochMilli(sale.times.payByTime()).plus(Duration.ofMinutes(20)));
                node.untilWithoutBlocks("their ends are awaited", () -> node.database().sql("SELECT count(*) FROM awaited_end")
                        .query(Long.class).single() == 2);
                blocks(node, other, 20);
                assertThat(node.events(sale.purchaseId().value())).endsWith("OperatorRequired");
                assertThat(node.events(sale.paymentId().value())).endsWith("PaymentCreated");
                node.crash.show(null);
            }
            node.until("ended", () -> node.purchase(sale).expiredAt() != null && node.payment(sale).next().equals(NextAction.NONE));
            assertThat(node.events(sale.purchaseId().value())).endsWith("OperatorRequired", "TransactionGivenUp", "PurchaseExpired");
            assertThat(node.events(sale.paymentId().value())).endsWith("PaymentExpired");
            assertThat(node.database().sql("SELECT why FROM rereading WHERE through_time > ?").param(sale.times.payByTime())
                    .query(String.class).list()).contains("before sales without a lock are given up");
            assertThat(node.atContract()).isEmpty();
        }
    }

    @Test
    void aProviderThatIsBehindAllThatWasSeenIsWaitedForAndNoRecordIsTouched() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            reached(node, sale, OnChainState.FundsLocked);
            List<String> events = node.events(sale.purchaseId().value());
            for (int i = 0; i < 20; i++) {
                node.block();
            }
            long tip = node.chain().tip().blockHeight();
            node.untilWithoutBlocks("seen", () -> node.database().sql("SELECT max(block_height) FROM observed_block").query(Long.class)
                    .single() == tip);
            // As if the node had followed for so long that it has forgotten how the chain began.
            node.database().sql("DELETE FROM observed_block WHERE block_height < ?").param(tip - 3).update();
            try (DevelopmentNetwork other = otherNetwork(node)) {
                node.crash.show(node.bean(BlockfrostChainProviders.class).at(other.baseUrl(), "any"));
                node.untilWithoutBlocks("stopped", () -> !stopped(node).isEmpty());
                assertThat(stopped(node)).singleElement().satisfies(source -> assertThat(source.because()).contains("before all blocks"));
                blocks(node, other, 1);
                node.crash.show(null);
            }
            node.untilWithoutBlocks("known again", () -> stopped(node).isEmpty());
            assertThat(node.events(sale.purchaseId().value())).isEqualTo(events);
            submitResult(node, sale);
            reached(node, sale, OnChainState.ResultSubmitted);
        }
    }

    /** Of ten blocks. */
    private static DevelopmentNetwork otherNetwork(NodeOnDevelopmentNetwork node) {
        DevelopmentNetwork other = DevelopmentNetwork.start(DevnetOptions.inMemory().withBlocksOnDemand(), node.clock);
        blocks(node, other, 10);
        return other;
    }

    private static void blocks(NodeOnDevelopmentNetwork node, DevelopmentNetwork network, int howMany) {
        for (int i = 0; i < howMany; i++) {
            node.clock.advance(Duration.ofSeconds(1));
            network.makeBlock();
        }
    }

    private static boolean isManual(NextAction next) {
        return next.phase() == NextAction.Phase.WaitingForManualAction;
    }

    private static List<StoppedSource> stopped(NodeOnDevelopmentNetwork node) {
        return node.bean(QueryGateway.class)
                .query(new FindStoppedSources(), ResponseTypes.multipleInstancesOf(StoppedSource.class)).join();
    }

    private static void submitResult(NodeOnDevelopmentNetwork node, Sale sale) {
        node.commands().sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH, OWNER));
    }

    private static void reached(NodeOnDevelopmentNetwork node, Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state);
    }

    private static long submitted(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT count(*) FROM chain_transaction WHERE status = 'Submitted'").query(Long.class).single();
    }

    private static long transactions(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT count(*) FROM chain_transaction").query(Long.class).single();
    }
}
