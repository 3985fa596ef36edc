package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.clock.ClockSkews;
import io.masumi.node.chain.clock.ClockWatch;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.platform.health.Concern;

/** A machine whose clock is wrong: that is said, nothing is given up for it, and all goes on when it is set. */
@Tag("slow")
@Isolated("reads what the whole process prints")
@ExtendWith(OutputCaptureExtension.class)
class WrongClockTest {

    @Test
    void aSlowClockIsSaidAndWhatItMakesTooLateWaitsForIt(CapturedOutput output) {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            reached(node, sale, OnChainState.FundsLocked);
            node.bean(ClockWatch.class).look();
            assertThat(concerns(node)).isEmpty();

            node.nodeClockIs(Duration.ofMinutes(-6));
            Sale lock = node.agree();
            submitResult(node, sale);
            look(node);
            assertThat(concerns(node)).singleElement().satisfies(concern -> {
                assertThat(concern.part()).isEqualTo("clock");
                assertThat(concern.subject()).isEqualTo(node.source.id());
                assertThat(concern.reason()).contains("6 minutes slow").contains("NTP");
                assertThat(concern.since()).isNotNull();
            });
            assertThat(output.getOut().lines().filter(line -> line.contains("6 minutes slow") && line.contains(" WARN "))).hasSize(1);
            node.until("the records say it", () -> says(node.payment(sale).next().errorNote(), "6 minutes slow")
                    && says(node.purchase(lock).next().errorNote(), "6 minutes slow"));
            node.until("more than an operator is asked after", () -> node.database()
                    .sql("SELECT count(*) FROM chain_transaction WHERE status = 'Dropped'").query(Long.class).single() > 4);
            assertThat(node.database().sql("SELECT max(lost_transactions) FROM chain_action").query(Integer.class).single()).isZero();
            assertThat(node.payment(sale).next().wireName()).startsWith("SubmitResult");

            node.nodeClockIs(Duration.ZERO);
            look(node);
            assertThat(concerns(node)).isEmpty();
            reached(node, sale, OnChainState.ResultSubmitted);
            reached(node, lock, OnChainState.FundsLocked);
            assertThat(node.payment(sale).next().errorNote()).isNull();
            assertThat(node.events(sale.paymentId().value())).doesNotContain("ActionFailed");
        }
    }

    @Test
    void aFastClockIsSaidAndWhatItMakesTooEarlyIsSentUntilItsTimeHasCome() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            reached(node, sale, OnChainState.FundsLocked);
            node.nodeClockIs(Duration.ofMinutes(6));
            look(node);
            assertThat(concerns(node)).singleElement().satisfies(concern -> assertThat(concern.reason()).contains("6 minutes fast"));
            submitResult(node, sale);
            node.untilWithoutBlocks("the record says it", () -> says(node.payment(sale).next().errorNote(), "6 minutes fast"));
            reached(node, sale, OnChainState.ResultSubmitted);
            assertThat(node.payment(sale).next().errorNote()).isNull();
            assertThat(node.database().sql("SELECT count(*) FROM chain_transaction WHERE status = 'Dropped'").query(Long.class).single())
                    .isZero();
        }
    }

    private static void look(NodeOnDevelopmentNetwork node) {
        node.bean(ClockWatch.class).look();
    }

    private static List<Concern> concerns(NodeOnDevelopmentNetwork node) {
        return node.bean(ClockSkews.class).concerns();
    }

    private static boolean says(String note, String words) {
        return note != null && note.contains(words);
    }

    private static void submitResult(NodeOnDevelopmentNetwork node, Sale sale) {
        node.commands().sendAndWait(
                new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH, NodeOnDevelopmentNetwork.OWNER));
    }

    private static void reached(NodeOnDevelopmentNetwork node, Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state);
    }
}
