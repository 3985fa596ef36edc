package io.masumi.node.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.query.sale.SaleQuery.FindSale;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.Processors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Sinks;
import com.fasterxml.jackson.databind.JsonNode;

@Tag("slow")
@NodeTest(classes = QuerySide.class, properties = QuerySide.ROLE)
class ProjectionTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> VIEWS = List.of("payment-view", "purchase-view");

    @Autowired
    private EventLog log;
    @Autowired
    private Processors processors;
    @Autowired
    private EventProcessingConfiguration processing;
    @Autowired
    private QueryGateway queries;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private MutableClock clock;

    @Test
    void showsEachStepOfASaleOnBothSides() {
        Sale sale = Sale.number(1);
        List<String> seller = new ArrayList<>();
        for (PaymentEvent event : sale.payment()) {
            log.happen("Payment", sale.paymentId().value(), List.of(event));
            processors.awaitCaughtUp("payment-view");
            JsonNode json = WireSchemas.valid("Payment", find(sale, true).json());
            seller.add(find(sale, true).version() + " " + json.at("/onChainState").asText() + " "
                    + json.at("/NextAction/requestedAction").asText());
        }
        log.bought(sale);
        processors.awaitCaughtUp("purchase-view");

        assertThat(seller).containsExactly("0 null WaitingForExternalAction", "1 FundsLocked WaitingForExternalAction",
                "2 FundsLocked SubmitResultRequested", "3 FundsLocked SubmitResultInitiated",
                "4 ResultSubmitted WaitingForExternalAction", "5 ResultSubmitted WithdrawRequested", "6 ResultSubmitted WithdrawInitiated",
                "7 Withdrawn None");
        WireRecord bought = queries.query(FindSale.of(sale.purchaseId(), true), WireRecord.class).join();
        assertThat(bought.version()).isEqualTo(5);
        assertThat(WireSchemas.valid("Purchase", bought.json()).at("/onChainState").asText()).isEqualTo("Withdrawn");
        assertThat(find(sale, false)).satisfies(brief -> {
            assertThat(brief.ownerKeyId()).isEqualTo("ckey0seller");
            assertThat(brief.network()).isEqualTo(Sale.PREPROD.network());
            assertThat(WireSchemas.valid("Payment", brief.json()).at("/ActionHistory").isNull()).isTrue();
        });
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertThat(find(Sale.number(404), false)).isNull();
        assertThat(queries.query(FindSale.of(Sale.number(404).purchaseId(), false), WireRecord.class).join()).isNull();
    }

    @Test
    void aReplayInBatchesGivesTheSameBytesAsOneEventAtATime() {
        for (int number = 10; number < 15; number++) {
            Sale sale = Sale.number(number);
            for (int step = 0; step < sale.payment().size(); step++) {
                clock.advance(Duration.ofNanos(250_123_456));
                log.happen("Payment", sale.paymentId().value(), sale.payment().subList(step, step + 1));
                if (step < sale.purchase().size()) {
                    log.happen("Purchase", sale.purchaseId().value(), sale.purchase().subList(step, step + 1));
                }
                VIEWS.forEach(processors::awaitCaughtUp);
            }
        }
        List<List<String>> live = VIEWS.stream().map(this::rows).toList();

        VIEWS.forEach(this::replay);
        VIEWS.forEach(processors::awaitCaughtUp);

        assertThat(live).allSatisfy(rows -> assertThat(rows).hasSizeGreaterThanOrEqualTo(5));
        assertThat(VIEWS.stream().map(this::rows).toList()).isEqualTo(live);
    }

    @Test
    void aRowIsWrittenInTheTransactionThatMovesTheToken() {
        jdbc.sql("CREATE TABLE written (what TEXT, xact TEXT)").update();
        jdbc.sql("CREATE FUNCTION note_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " INSERT INTO written VALUES (TG_TABLE_NAME, pg_current_xact_id()::text); RETURN NULL; END $$").update();
        jdbc.sql("CREATE TRIGGER note AFTER INSERT OR UPDATE ON payment_view FOR EACH ROW EXECUTE FUNCTION note_write()").update();
        jdbc.sql("CREATE TRIGGER note AFTER UPDATE OF token ON tokenentry FOR EACH ROW"
                + " WHEN (NEW.processorname = 'payment-view' AND NEW.token IS DISTINCT FROM OLD.token)"
                + " EXECUTE FUNCTION note_write()").update();

        log.sold(Sale.number(20));
        processors.awaitCaughtUp("payment-view");

        List<String> rows = jdbc.sql("SELECT DISTINCT xact FROM written WHERE what = 'payment_view'").query(String.class).list();
        assertThat(rows).isNotEmpty();
        assertThat(jdbc.sql("SELECT xact FROM written WHERE what = 'tokenentry'").query(String.class).list()).containsAll(rows);
    }

    @Test
    void anUpdateComesAfterTheCommitSoThatAReadSeesIt() {
        Sale sale = Sale.number(30);
        log.happen("Payment", sale.paymentId().value(), sale.payment().subList(0, 1));
        processors.awaitCaughtUp("payment-view");

        try (SubscriptionQueryResult<WireRecord, WireRecord> subscription = queries.subscriptionQuery(FindSale.of(sale.paymentId(), true),
                ResponseTypes.instanceOf(WireRecord.class), ResponseTypes.instanceOf(WireRecord.class))) {
            assertThat(subscription.initialResult().block(SOON).version()).isZero();
            log.happen("Payment", sale.paymentId().value(), sale.payment().subList(1, 2));

            // Read on another thread, which has no part in the projection's transaction.
            Map.Entry<WireRecord, WireRecord> readThen = subscription.updates()
                    .map(update -> Map.entry(update, CompletableFuture.supplyAsync(() -> find(sale, true)).join())).blockFirst(SOON);
            assertThat(readThen.getKey().version()).isEqualTo(1);
            assertThat(readThen.getValue()).isEqualTo(readThen.getKey());
        }
    }

    @Test
    void whoWatchesWhatDoesNotExistYetHearsOfItsCreation() {
        Sale sale = Sale.number(31);
        try (SubscriptionQueryResult<WireRecord, WireRecord> subscription = queries.subscriptionQuery(FindSale.of(sale.paymentId(), false),
                ResponseTypes.instanceOf(WireRecord.class), ResponseTypes.instanceOf(WireRecord.class))) {
            assertThat(subscription.initialResult().block(SOON)).isNull();
            log.sold(Sale.number(32));
            log.happen("Payment", sale.paymentId().value(), sale.payment().subList(0, 1));

            WireRecord update = subscription.updates().blockFirst(SOON);
            assertThat(update.id()).isEqualTo(sale.paymentId().value());
            assertThat(WireSchemas.valid("Payment", update.json()).at("/ActionHistory").isNull()).isTrue();
        }
    }

    /** What another process tells meanwhile would be missed. */
    @Test
    void whoWatchesIsToldToAskAnewWhenTheOtherProcessesCannotBeHeard() {
        try (SubscriptionQueryResult<WireRecord, WireRecord> subscription = queries.subscriptionQuery(
                FindSale.of(Sale.number(33).paymentId(), false),
                ResponseTypes.instanceOf(WireRecord.class), ResponseTypes.instanceOf(WireRecord.class))) {
            assertThat(subscription.initialResult().block(SOON)).isNull();
            CompletableFuture<WireRecord> end = subscription.updates().ignoreElements().toFuture();

            assertThat(jdbc.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'masumi-processes'"
                    + " AND datname = current_database()").query(Boolean.class).list()).containsExactly(true);

            assertThat(end).succeedsWithin(SOON);
        } catch (Sinks.EmissionException e) {
            // Axon completes it once more when it is closed.
        }
    }

    private WireRecord find(Sale sale, boolean includeHistory) {
        return queries.query(FindSale.of(sale.paymentId(), includeHistory), WireRecord.class).join();
    }

    private List<String> rows(String view) {
        return jdbc.sql("SELECT v::text FROM " + view.replace('-', '_') + " v ORDER BY id").query(String.class).list();
    }

    private void replay(String view) {
        StreamingEventProcessor processor = processing.eventProcessor(view, StreamingEventProcessor.class).orElseThrow();
        processor.shutDown();
        processor.resetTokens();
        assertThat(rows(view)).isEmpty();
        processor.start();
    }
}
