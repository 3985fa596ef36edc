package io.masumi.node.chain.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.chain.SaleExample;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;
import io.masumi.node.platform.setaside.ListSetAside;
import io.masumi.node.platform.setaside.RebuildSaga;
import io.masumi.node.platform.setaside.RetrySetAside;
import io.masumi.node.platform.setaside.SetAside;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.NodeTestConfiguration;
import io.masumi.node.testing.Processors;

/** One saga that cannot be read or that fails stands in the way of its own sale, and of no other. */
@NodeTest(classes = NodeTestConfiguration.class, properties = {"masumi.roles=command,query,chain",
        "masumi.encryption-key=a-key-for-tests-only-0123456789abcdef", "masumi.deadlines.polling-interval=50ms"})
@Tag("slow")
class DamagedSagaTest {

    @Autowired
    private CommandGateway commands;
    @Autowired
    private QueryGateway queries;
    @Autowired
    private EventStore events;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private PlatformTransactionManager transactions;
    @Autowired
    private Processors processors;
    @Autowired
    private List<HealthReporter> health;
    @Autowired
    private MutableClock clock;

    private SaleExample bad;
    private SaleExample good;

    @BeforeEach
    void twoPayments() {
        clock.set(Instant.now());
        bad = new SaleExample(clock.instant());
        good = new SaleExample(clock.instant());
        List.of(bad, good).forEach(sale -> {
            commands.sendAndWait(sale.createPayment());
            commands.sendAndWait(new PaymentCommand.RecordLock(sale.paymentId, sale.lock()));
        });
        processors.awaitCaughtUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE sagaentry SET serializedsaga = '\\xdeadbeef'", "UPDATE sagaentry SET serializedsaga = '{\"state\": 5}'",
            "UPDATE sagaentry SET revision = '9'", "UPDATE sagaentry SET sagatype = 'masumi.saga.Forgotten'", "DELETE FROM sagaentry"})
    void isSetAsideAndMadeAnewOnOrder(String damage) {
        jdbc.sql(damage + " WHERE sagaid IN (SELECT sagaid FROM associationvalueentry WHERE associationvalue = ?)")
                .param(bad.paymentId.value()).update();
        resultsOfBoth();

        assertThat(wanted(good)).as("others go on").hasSize(1);
        assertThat(wanted(bad)).isEmpty();
        assertThat(setAside()).singleElement().satisfies(it -> {
            assertThat(it.group()).isEqualTo("payment-saga");
            assertThat(it.sequence()).isEqualTo(bad.paymentId.value());
            assertThat(it.firstNumber()).isEqualTo(2);
        });
        assertThat(concerns()).extracting(Concern::part, Concern::subject).contains(tuple("processor", "payment-saga"));
        commands.sendAndWait(new RetrySetAside("payment-saga", bad.paymentId.value()));
        await().until(() -> setAside().getFirst().attempts() > 0);

        assertThat(commands.<Boolean>sendAndWait(new RebuildSaga("payment-saga", bad.paymentId.value()))).isTrue();
        await().until(() -> setAside().isEmpty());
        assertThat(wanted(bad)).singleElement().satisfies(action -> assertThat(action).containsEntry("kind", "SubmitResult"));

        commands.sendAndWait(new PaymentCommand.RecordActionInitiated(bad.paymentId, EscrowAction.SubmitResult, "ab".repeat(32), 5000));
        processors.awaitCaughtUp();
        assertThat(saga(bad)).as("it goes on").contains("\"transactionHash\":\"" + "ab".repeat(32));
    }

    private void resultsOfBoth() {
        new TransactionTemplate(transactions).executeWithoutResult(_ -> List.of(bad, good).forEach(this::submitResult));
        processors.awaitCaughtUp();
    }

    private void submitResult(SaleExample sale) {
        commands.sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId, SaleExample.RESULT_HASH, SaleExample.OWNER));
    }

    /** The database refuses what it does, or to store it: a failed statement, after which PostgreSQL refuses all else. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            chain_action | aggregate_id
            sagaentry    | sagaid""")
    void whatFailsAtAnEventIsTriedAgainByItself(String table, String column) {
        String id = column.equals("sagaid")
                ? jdbc.sql("SELECT sagaid FROM associationvalueentry WHERE associationvalue = ?").param(bad.paymentId.value())
                        .query(String.class).single()
                : bad.paymentId.value();
        jdbc.sql("ALTER TABLE " + table + " ADD CONSTRAINT refused CHECK (" + column + " <> '" + id + "') NOT VALID").update();
        try {
            resultsOfBoth();
            assertThat(wanted(good)).hasSize(1);
            assertThat(setAside()).extracting(SetAside::sequence).containsExactly(bad.paymentId.value());
        } finally {
            jdbc.sql("ALTER TABLE " + table + " DROP CONSTRAINT refused").update();
        }
        clock.advance(Duration.ofMinutes(2));
        await().until(() -> setAside().isEmpty());
        assertThat(wanted(bad)).hasSize(1);
    }

    @Test
    void itsDeadlinesAreNotLost() {
        SaleExample unpaid = new SaleExample(clock.instant());
        commands.sendAndWait(unpaid.createPayment());
        processors.awaitCaughtUp();
        jdbc.sql(
                "UPDATE sagaentry SET serializedsaga = 'x' WHERE sagaid IN (SELECT sagaid FROM associationvalueentry WHERE associationvalue = ?)")
                .param(unpaid.paymentId.value()).update();
        clock.set(Instant.ofEpochMilli(unpaid.times.payByTime()).plus(Duration.ofMinutes(20)));
        for (int failure = 1; failure <= 3; failure++) {
            int times = failure;
            await().until(() -> jdbc.sql("SELECT max(consecutive_failures) FROM scheduled_tasks").query(Integer.class).optional()
                    .orElse(0) >= times);
            clock.advance(Duration.ofMinutes(5));
        }
        assertThat(concerns()).extracting(Concern::part, Concern::subject)
                .contains(tuple("deadline", unpaid.paymentId.value()));

        commands.sendAndWait(new RebuildSaga("payment-saga", unpaid.paymentId.value()));
        await().until(() -> jdbc.sql("SELECT EXISTS (SELECT 1 FROM awaited_end WHERE aggregate_id = ?)").param(unpaid.paymentId.value())
                .query(Boolean.class).single());
        clock.advance(Duration.ofMinutes(5));
        await().until(() -> concerns().isEmpty());
    }

    @Test
    void aHealthyOneThatIsMadeAnewIsAsItWas() {
        resultsOfBoth();
        List<Map<String, Object>> before = wanted(good);
        String saga = saga(good);

        assertThat(commands.<Boolean>sendAndWait(new RebuildSaga("payment-saga", good.paymentId.value()))).isTrue();
        await().until(() -> setAside().isEmpty());

        assertThat(wanted(good)).isEqualTo(before);
        assertThat(saga(good)).isEqualTo(saga);
        assertThat(commands.<Boolean>sendAndWait(new RebuildSaga("payment-saga", "nobody"))).isFalse();
        assertThat(commands.<Boolean>sendAndWait(new RebuildSaga("payment-view", good.paymentId.value()))).isFalse();
    }

    private String saga(SaleExample sale) {
        return jdbc.sql("SELECT convert_from(serializedsaga, 'UTF8') FROM sagaentry JOIN associationvalueentry USING (sagaid)"
                + " WHERE associationvalue = ?").param(sale.paymentId.value()).query(String.class).single();
    }

    private List<SetAside> setAside() {
        return queries.query(new ListSetAside(100), ResponseTypes.multipleInstancesOf(SetAside.class)).join();
    }

    private List<Concern> concerns() {
        return health.stream().flatMap(part -> part.concerns().stream())
                .filter(concern -> concern.part().equals("processor") || concern.part().equals("deadline")).toList();
    }

    private List<Map<String, Object>> wanted(SaleExample sale) {
        return jdbc.sql("SELECT id, kind, number FROM chain_action WHERE aggregate_id = ? AND status = 'Wanted' AND NOT unwanted")
                .param(sale.paymentId.value()).query().listOfRows();
    }
}
