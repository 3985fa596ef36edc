package io.masumi.node.chain.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.bloxbean.cardano.client.spec.Era;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionBody;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import com.bloxbean.cardano.client.transaction.spec.TransactionWitnessSet;
import com.bloxbean.cardano.client.transaction.util.TransactionUtil;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.SaleExample;
import io.masumi.node.chain.cardano.provider.Inclusion;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.FailureOnChain;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.TestPostgres;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of an action whose transaction is given up, above all when it was on chain for good once. */
@Tag("slow")
class TransactionDropperTest {

    private static final ChainAction RESULT = new ChainAction.SubmitResult("ab".repeat(32));
    private static final ChainAction OTHER_RESULT = new ChainAction.SubmitResult("cd".repeat(32));
    private static final ChainPoint LOST_BLOCK = new ChainPoint(1000, "ee".repeat(32), 100, 1_000_000);
    private static final String WHY = "the test says so";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final DriverManagerDataSource pool = new DriverManagerDataSource(TestPostgres.newDatabase());
    private final JdbcClient jdbc = migrated();
    private final TransactionTemplate inTransaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
    private final ActionStore actions = new ActionStore(jdbc, clock);
    private final ReservationStore reservations = new ReservationStore(jdbc);
    private final TransactionStore transactions = new TransactionStore(jdbc, reservations, clock);
    private final GivenUpStore givenUp = new GivenUpStore(jdbc, clock);
    private final TransactionDropper dropper = new TransactionDropper(actions, transactions, reservations, givenUp, inTransaction,
            Binder.get(new MockEnvironment()).bindOrCreate("masumi.chain", ChainSettings.class));
    private int intents;

    @Test
    void whatIsStillWantedIsBuiltAnewUnlessItCouldHappenTwice() throws Exception {
        String result = want(RESULT);
        dropper.drop(rolledBack(result), new DropReason.Expired(WHY, true));
        assertThat(status(result)).isEqualTo("Wanted");
        assertThat(notAgain(result)).isNull();

        String lock = want(new ChainAction.Lock(new SaleExample(clock.instant()).identifier, SaleExample.SELLER, "5d".repeat(32),
                new SaleExample(clock.instant()).times, Funds.lovelace(5_000_000)));
        StoredTransaction lost = rolledBack(lock);
        dropper.drop(lost, new DropReason.Expired(WHY, true));
        assertThat(status(lock)).isEqualTo("Wanted");
        assertThat(notAgain(lock)).contains(lost.hash(), LOST_BLOCK.blockHash(), "rolled back");
    }

    @Test
    void whatTheRecordCountsOnIsAnOperatorsWhenNothingElseIsWanted() throws Exception {
        for (boolean refused : List.of(true, false)) {
            String result = want(RESULT);
            StoredTransaction lost = rolledBack(result);
            nothingWanted();
            if (refused) {
                dropper.drop(lost, new DropReason.Refused(WHY, true, Duration.ZERO));
            } else {
                dropper.drop(lost, new DropReason.Expired(WHY, true));
            }
            assertThat(status(result)).isEqualTo("Wanted");
            assertThat(notAgain(result)).contains(lost.hash());
            actions.failed(result, "told");
        }
    }

    @Test
    void whatALaterIntentDoesWithoutIsLeft() throws Exception {
        String result = want(RESULT);
        StoredTransaction lost = rolledBack(result);
        want(OTHER_RESULT);
        dropper.drop(lost, new DropReason.Refused(WHY, true, Duration.ZERO));
        assertThat(status(result)).isEqualTo("Abandoned");
        assertThat(notAgain(result)).isNull();
    }

    @Test
    void whatARivalOvertookIsLeft() throws Exception {
        String result = want(RESULT);
        StoredTransaction lost = rolledBack(result);
        nothingWanted();
        dropper.drop(lost, new DropReason.Overtaken(WHY));
        assertThat(status(result)).isEqualTo("Abandoned");
    }

    @Test
    void whatWasNeverOnChainIsNoOperators() throws Exception {
        String result = want(RESULT);
        StoredTransaction sent = signed(result);
        nothingWanted();
        dropper.drop(sent, new DropReason.Refused(WHY, true, Duration.ZERO));
        assertThat(status(result)).isEqualTo("Abandoned");
    }

    @Test
    void itsRecordsHearOfItOnceAndWhetherAnotherComes() throws Exception {
        String result = want(RESULT);
        for (boolean another : List.of(true, true, false)) {
            StoredTransaction lost = signed(result);
            dropper.drop(lost, new DropReason.Expired(WHY, true));
            dropper.drop(lost, new DropReason.Expired(WHY, true));
            assertThat(givenUp.due(SaleExample.SOURCE_ID)).singleElement().satisfies(report -> {
                assertThat(report.action()).isEqualTo(RESULT);
                assertThat(report.transaction()).isEqualTo(new GivenUpTransaction(lost.hash(), 5000, WHY, another));
                assertThat(report.aggregateId()).isEqualTo("cpayment");
                givenUp.told(report);
            });
        }
    }

    @Test
    void whatIsNotWantedOrMustNotBeDoneAgainIsNotBuiltAnew() throws Exception {
        String abandoned = want(RESULT);
        StoredTransaction first = signed(abandoned);
        nothingWanted();
        dropper.drop(first, new DropReason.Expired(WHY, true));
        String lock = want(new ChainAction.Lock(new SaleExample(clock.instant()).identifier, SaleExample.SELLER, "5d".repeat(32),
                new SaleExample(clock.instant()).times, Funds.lovelace(5_000_000)));
        StoredTransaction second = rolledBack(lock);
        dropper.drop(second, new DropReason.Expired(WHY, true));

        for (StoredTransaction lost : List.of(first, second)) {
            assertThat(givenUp.due(SaleExample.SOURCE_ID)).singleElement().satisfies(report -> {
                assertThat(report.transaction()).isEqualTo(new GivenUpTransaction(lost.hash(), 5000, WHY, false));
                givenUp.told(report);
            });
        }
        assertThat(givenUp.due(SaleExample.SOURCE_ID)).isEmpty();
    }

    @Test
    void oneThatFailedOnChainSaysWhereAndWhatItCost() throws Exception {
        StoredTransaction failed = signed(want(RESULT));
        Inclusion found = new Inclusion(LOST_BLOCK, 300_000, false);
        givenUp.addFailed(failed.hash(), WHY, found);
        givenUp.addFailed(failed.hash(), WHY, found);

        assertThat(givenUp.due(SaleExample.SOURCE_ID)).singleElement().satisfies(report -> assertThat(report.transaction()).isEqualTo(
                new GivenUpTransaction(failed.hash(), 5000, WHY, false, new FailureOnChain(LOST_BLOCK, 300_000))));
    }

    @Test
    void aReportThatCannotBeToldWaitsAndHoldsUpThoseOfTheSameRecordOnly() throws Exception {
        dropper.drop(signed(want(RESULT)), new DropReason.Expired(WHY, true));
        GivenUpReport broken = givenUp.due(SaleExample.SOURCE_ID).getFirst();
        givenUp.failed(broken, Duration.ofMinutes(1), "the node failed at it\u0000");
        dropper.drop(signed(want(OTHER_RESULT)), new DropReason.Expired(WHY, true));

        assertThat(givenUp.due(SaleExample.SOURCE_ID)).isEmpty();
        assertThat(jdbc.sql("SELECT error FROM given_up_report WHERE failures > 0").query(String.class).list()).singleElement().asString()
                .contains("the node failed at it");
        clock.advance(Duration.ofMinutes(1));
        assertThat(givenUp.due(SaleExample.SOURCE_ID)).singleElement().satisfies(report -> assertThat(report.number())
                .isEqualTo(broken.number()));
    }

    /** Wanted, done for good, and its block lost. */
    private StoredTransaction rolledBack(String action) throws Exception {
        StoredTransaction sent = signed(action);
        transactions.confirmed(sent.hash(), LOST_BLOCK, true);
        actions.confirmed(sent.hash());
        assertThat(transactions.reopenAbove(SaleExample.SOURCE_ID, LOST_BLOCK.blockHeight() - 1)).containsExactly(sent.hash());
        actions.rolledBack(List.of(sent.hash()));
        return sent;
    }

    private StoredTransaction signed(String action) throws Exception {
        OutputRef input = new OutputRef(String.format("%064x", ++intents), 0);
        byte[] bytes = Transaction.builder().era(Era.Conway)
                .body(TransactionBody.builder().inputs(List.of(new TransactionInput(input.transactionHash(), input.index())))
                        .outputs(List.of()).fee(BigInteger.ONE).build())
                .witnessSet(new TransactionWitnessSet()).build().serialize();
        String hash = TransactionUtil.getTxHash(bytes);
        transactions.insert(SaleExample.SOURCE_ID, SaleExample.SELLING_WALLET,
                new SignedTransaction(bytes, hash, 5000, 1, List.of(input), List.of(), List.of(), null), 1);
        assertThat(actions.signed(List.of(action), hash)).isEqualTo(1);
        return transactions.open(hash).orElseThrow();
    }

    /** As the saga does it: what was wanted before, and is not signed yet, is not wanted any more. @return the action's id */
    private String want(ChainAction action) {
        ActionRequest request = new ActionRequest(ActionRole.Payment, "cpayment", ++intents, SaleExample.SOURCE_ID, List.of("wallet"),
                action,
                0, null);
        actions.insert(request);
        actions.abandon(ActionRole.Payment, "cpayment", request.id());
        return request.id();
    }

    private void nothingWanted() {
        actions.abandon(ActionRole.Payment, "cpayment", null);
    }

    private String status(String action) {
        return jdbc.sql("SELECT status FROM chain_action WHERE id = ?").param(action).query(String.class).single();
    }

    private String notAgain(String action) {
        return jdbc.sql("SELECT not_again FROM chain_action WHERE id = ?").param(action).query(String.class).optional().orElse(null);
    }

    private JdbcClient migrated() {
        Flyway.configure().dataSource(pool).locations("classpath:db/migration/chain").load().migrate();
        return JdbcClient.create(pool);
    }
}
