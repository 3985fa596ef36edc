package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;

/** A saga's position in the events is lost while the provider is down and something is wanted: it is done all the same, once. */
@Tag("slow")
class RereadEventsTest {

    private static final String GROUP = "payment-saga";
    private static final String TOKEN = "DELETE FROM tokenentry WHERE processorname = 'payment-saga'";
    private static final String SECOND_RESULT = "f8".repeat(32);

    @Test
    void whatIsWantedIsDoneOnce() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            node.until("lock", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked);
            submit(node, sale, NodeOnDevelopmentNetwork.RESULT_HASH);
            node.until("first result", () -> node.payment(sale).escrow().state() == OnChainState.ResultSubmitted);
            node.clock.advance(Duration.ofMinutes(6));
            node.network.faults().failNext(Integer.MAX_VALUE, 500);
            submit(node, sale, SECOND_RESULT);
            node.untilWithoutBlocks("wanted", () -> wanted(node) == 1);

            // Its events call off what was wanted first.
            readAgainWithout(node, TOKEN);
            assertThat(wanted(node)).isEqualTo(1);
            readAgainWithout(node, TOKEN, "DELETE FROM sagaentry", "DELETE FROM associationvalueentry");
            assertThat(wanted(node)).isEqualTo(1);
            node.network.faults().clear();
            node.until("second result", () -> SECOND_RESULT.equals(node.payment(sale).escrow().resultHash()));

            assertThat(node.atContract()).hasSize(3);
            assertThat(node.events(sale.paymentId().value())).containsExactly("PaymentCreated", "FundsLocked",
                    "ResultSubmissionRequested", "ActionInitiated", "ResultSubmitted",
                    "ResultSubmissionRequested", "ActionInitiated", "ResultSubmitted");
        }
    }

    private static void submit(NodeOnDevelopmentNetwork node, Sale sale, String result) {
        node.commands().sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId(), result, NodeOnDevelopmentNetwork.OWNER));
    }

    private static void readAgainWithout(NodeOnDevelopmentNetwork node, String... lost) {
        EventProcessor processor = node.bean(EventProcessingConfiguration.class).eventProcessor(GROUP).orElseThrow();
        processor.shutDown();
        for (String each : lost) {
            assertThat(node.database().sql(each).update()).isPositive();
        }
        processor.start();
        node.untilWithoutBlocks("read again", () -> caughtUp(node));
    }

    private static long wanted(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT count(*) FROM chain_action WHERE kind = 'SubmitResult' AND NOT unwanted"
                + " AND status IN ('Wanted', 'Signed', 'Submitted')").query(Long.class).single();
    }

    private static boolean caughtUp(NodeOnDevelopmentNetwork node) {
        return node.database()
                .sql("SELECT bool_and((convert_from(token, 'UTF8')::jsonb ->> 'index')::bigint >= (SELECT max(globalindex) FROM domainevententry))"
                        + " FROM tokenentry WHERE processorname = ?")
                .param(GROUP).query(Boolean.class).optional().orElse(false);
    }
}
