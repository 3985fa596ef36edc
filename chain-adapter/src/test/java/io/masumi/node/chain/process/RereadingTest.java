package io.masumi.node.chain.process;

import static org.assertj.core.api.Assertions.assertThat;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.chain.SaleExample;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.NodeTestConfiguration;
import io.masumi.node.testing.Processors;

/** What is wanted stays so when a saga reads its events again, and what got lost all the same is found. */
@NodeTest(classes = NodeTestConfiguration.class, properties = {"masumi.roles=command,query,chain",
        "masumi.encryption-key=a-key-for-tests-only-0123456789abcdef", "masumi.deadlines.polling-interval=50ms"})
@Tag("slow")
class RereadingTest {

    private static final String OTHER_RESULT = "f8".repeat(32);

    @Autowired
    private CommandGateway commands;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Processors processors;
    @Autowired
    private EventProcessingConfiguration processing;
    @Autowired
    private IntentSweep sweep;
    @Autowired
    private MutableClock clock;

    private SaleExample sale;

    /** Events bear the time of the system's clock. */
    @BeforeEach
    void agree() {
        clock.set(Instant.now());
        sale = new SaleExample(clock.instant());
    }

    @Test
    void theTokenIsLost() {
        resultWantedTwice();
        List<Map<String, Object>> before = actions(sale.paymentId.value());

        readAgain(PaymentSaga.GROUP, "DELETE FROM tokenentry WHERE processorname = ?");

        assertThat(live(sale.paymentId.value())).isEqualTo(before.stream().filter(action -> action.get("status").equals("Wanted")).toList())
                .hasSize(1);
    }

    @Test
    void theTokenAndTheSagasAreLost() {
        resultWantedTwice();
        List<Map<String, Object>> before = live(sale.paymentId.value());
        jdbc.sql("DELETE FROM sagaentry").update();
        jdbc.sql("DELETE FROM associationvalueentry").update();

        readAgain(PaymentSaga.GROUP, "DELETE FROM tokenentry WHERE processorname = ?");

        assertThat(live(sale.paymentId.value())).isEqualTo(before).hasSize(1);
        commands.sendAndWait(new PaymentCommand.RecordActionInitiated(sale.paymentId, EscrowAction.SubmitResult, "11".repeat(32), 5000));
        processors.awaitCaughtUp();
        assertThat(live(sale.paymentId.value())).hasSize(1);
    }

    /** As an older version of the node left it: nothing was noted of what was heard, and an old event had called the newer wish off. */
    @Test
    void whatAnOlderVersionCalledOffLivesAgain() {
        resultWantedTwice();
        List<Map<String, Object>> before = live(sale.paymentId.value());
        jdbc.sql("DELETE FROM heard_event").update();
        jdbc.sql(
                "UPDATE sagaentry SET serializedsaga = convert_to((convert_from(serializedsaga, 'UTF8')::jsonb - 'handled')::text, 'UTF8')")
                .update();
        jdbc.sql("UPDATE chain_action SET status = 'Abandoned', unwanted = TRUE").update();

        readAgain(PaymentSaga.GROUP, "DELETE FROM tokenentry WHERE processorname = ?");

        assertThat(live(sale.paymentId.value())).extracting(action -> action.get("id")).containsExactly(before.getFirst().get("id"));
    }

    @Test
    void aWishThatNobodyIsAboutToFulfilIsFound() {
        resultWantedTwice();
        commands.sendAndWait(sale.createPurchase());
        processors.awaitCaughtUp();
        List<Map<String, Object>> payment = live(sale.paymentId.value());
        jdbc.sql("UPDATE chain_action SET status = 'Abandoned', unwanted = TRUE").update();
        String purchase = sale.purchaseId.value();
        jdbc.sql("DELETE FROM chain_action WHERE aggregate_id = ?").param(purchase).update();

        sweep.sweep();
        assertThat(live(sale.paymentId.value())).as("it may be about to be done").isEmpty();

        clock.advance(Duration.ofMinutes(5));
        sweep.sweep();
        assertThat(live(sale.paymentId.value())).extracting(action -> action.get("id")).containsExactly(payment.getFirst().get("id"));
        assertThat(live(purchase)).singleElement().satisfies(lock -> assertThat(lock).containsEntry("kind", "Lock"));
    }

    @Test
    void whatIsDoneOrWhatTheSagaHasNotHeardYetIsNotWantedAnew() {
        resultWantedTwice();
        commands.sendAndWait(sale.createPurchase());
        processors.awaitCaughtUp();
        jdbc.sql("UPDATE chain_action SET status = 'Abandoned', unwanted = TRUE WHERE aggregate_id = ?").param(sale.paymentId.value())
                .update();
        jdbc.sql("UPDATE chain_action SET status = 'Confirmed', transaction_hash = 'done' WHERE aggregate_id = ?")
                .param(sale.purchaseId.value()).update();
        EventProcessor processor = processing.eventProcessor(PaymentSaga.GROUP).orElseThrow();
        processor.shutDown();
        jdbc.sql("UPDATE heard_event SET sequence_number = sequence_number - 1 WHERE aggregate_id = ?").param(sale.paymentId.value())
                .update();

        clock.advance(Duration.ofMinutes(5));
        sweep.sweep();
        assertThat(live(sale.paymentId.value())).isEmpty();
        assertThat(live(sale.purchaseId.value())).isEmpty();
        processor.start();
    }

    /** Neither set aside nor there: nobody would ever hear of it otherwise. */
    @Test
    void aSagaThatIsGoneIsMadeAnew() {
        commands.sendAndWait(sale.createPayment());
        commands.sendAndWait(new PaymentCommand.RecordLock(sale.paymentId, sale.lock()));
        processors.awaitCaughtUp();
        jdbc.sql("DELETE FROM sagaentry").update();
        jdbc.sql("DELETE FROM associationvalueentry").update();
        commands.sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId, SaleExample.RESULT_HASH, SaleExample.OWNER));
        processors.awaitCaughtUp();
        assertThat(live(sale.paymentId.value())).isEmpty();

        clock.advance(Duration.ofMinutes(5));
        await().untilAsserted(() -> {
            sweep.sweep();
            assertThat(live(sale.paymentId.value())).hasSize(1);
        });
    }

    @Test
    void aLockThatCameToNothingAndThatThePurchaseWasNotToldOfIsNotBuiltAnew() {
        commands.sendAndWait(sale.createPurchase());
        processors.awaitCaughtUp();
        jdbc.sql("UPDATE chain_action SET status = 'Failed' WHERE aggregate_id = ?").param(sale.purchaseId.value()).update();

        clock.advance(Duration.ofMinutes(5));
        sweep.sweep();
        assertThat(live(sale.purchaseId.value())).singleElement()
                .satisfies(lock -> assertThat((String) lock.get("not_again")).contains("not built anew by itself"));
    }

    @Test
    void anActionThatItsRecordDoesNotWantIsCalledOff() {
        commands.sendAndWait(sale.createPurchase());
        commands.sendAndWait(new PurchaseCommand.RecordActionInitiated(sale.purchaseId, EscrowAction.Lock, SaleExample.PURCHASING_WALLET,
                sale.lock().transaction().hash(), 5000));
        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, sale.lock()));
        processors.awaitCaughtUp();
        jdbc.sql("UPDATE chain_action SET status = 'Wanted', unwanted = FALSE WHERE aggregate_id = ?").param(sale.purchaseId.value())
                .update();

        clock.advance(Duration.ofMinutes(5));
        sweep.sweep();
        assertThat(live(sale.purchaseId.value())).isEmpty();
    }

    /** X is wanted, no longer wanted, Y is wanted. */
    private void resultWantedTwice() {
        commands.sendAndWait(sale.createPayment());
        LockObservation lock = sale.lock();
        commands.sendAndWait(new PaymentCommand.RecordLock(sale.paymentId, lock));
        commands.sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId, SaleExample.RESULT_HASH, SaleExample.OWNER));
        commands.sendAndWait(new PaymentCommand.RecordTransition(sale.paymentId, sale.transition(lock.output(), EscrowAction.SubmitResult,
                OnChainState.ResultSubmitted, SaleExample.RESULT_HASH, 0, 0)));
        commands.sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId, OTHER_RESULT, SaleExample.OWNER));
        processors.awaitCaughtUp();
    }

    private void readAgain(String group, String loss) {
        EventProcessor processor = processing.eventProcessor(group).orElseThrow();
        processor.shutDown();
        assertThat(jdbc.sql(loss).param(group).update()).isPositive();
        processor.start();
        processors.awaitCaughtUp(group);
    }

    private List<Map<String, Object>> actions(String aggregateId) {
        return jdbc.sql("SELECT id, kind, status, unwanted, not_again, retry_at FROM chain_action WHERE aggregate_id = ? ORDER BY number")
                .param(aggregateId).query().listOfRows();
    }

    private List<Map<String, Object>> live(String aggregateId) {
        return actions(aggregateId).stream().filter(action -> action.get("status").equals("Wanted") && action.get("unwanted").equals(false))
                .toList();
    }
}
