package io.masumi.node.chain.follower.ending;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A sale ends only when it is a fact that nothing is locked for it and nothing can be. */
class AwaitedEndsTest {

    private static final PaymentSourceId SOURCE = new PaymentSourceId("csource");
    private static final long PAY_BY = 1_000_000;
    /** The first block after payByTime. */
    private static final long HEIGHT = 100;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final JdbcClient jdbc = migrated();
    private final AwaitedEnds ends = new AwaitedEnds(jdbc, clock);

    @BeforeEach
    void await() {
        ends.await(ActionRole.Purchase, "cpurchase", SOURCE, PAY_BY);
        ends.await(ActionRole.Purchase, "cpurchase", SOURCE, PAY_BY);
        block(HEIGHT - 1, PAY_BY);
        block(HEIGHT, PAY_BY + 1);
    }

    @Test
    void thatIsSoWhenTheChainWasFollowedBeyondItsTimeAndNoRollbackReachesBackThere() {
        assertThat(isDue(PAY_BY + 1, HEIGHT)).isTrue();
        assertThat(isDue(PAY_BY, HEIGHT)).as("not followed so far").isFalse();
        assertThat(isDue(PAY_BY + 1, HEIGHT - 1)).as("a rollback may reach back there").isFalse();
        assertThat(ends.due(new PaymentSourceId("canother"), point(HEIGHT, PAY_BY + 1), HEIGHT, 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Signed", "Submitted", "Confirmed"})
    void notWhileALockOfOursIsOnItsWayOrOnChain(String status) {
        transaction("chash", status);
        action("Abandoned", "chash");

        assertThat(isDue(PAY_BY + 1, HEIGHT)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Wanted,", "Signed,hash", "Submitted,hash"})
    void notWhileALockIsWanted(String status, String hash) {
        action(status, hash);

        assertThat(isDue(PAY_BY + 1, HEIGHT)).isFalse();
    }

    @Test
    void butWhenAllLocksCameToNothing() {
        transaction("chash", "Dropped");
        action("Abandoned", "chash");
        action("Failed", null);

        assertThat(isDue(PAY_BY + 1, HEIGHT)).isTrue();
    }

    @Test
    void notWhileSomethingThatTheChainShowsIsStillToBeTriedAgainOnTheRecord() {
        jdbc.sql("INSERT INTO pending_retry (source_id, aggregate_id, transaction_hash, retry_at, note, pending_since)"
                + " VALUES ('csource', 'cpurchase', 'hash', now(), 'broken', now())").update();

        assertThat(isDue(PAY_BY + 1, HEIGHT)).isFalse();
    }

    @Test
    void oneWhoseRecordIsBrokenIsTriedAgainLaterAndHoldsUpNoOther() {
        ends.await(ActionRole.Payment, "cpayment", SOURCE, PAY_BY);
        ends.failed(new AwaitedEnd(ActionRole.Purchase, "cpurchase", PAY_BY, 0), Duration.ofMinutes(1), "broken\u0000");

        assertThat(ends.due(SOURCE, point(HEIGHT, PAY_BY + 1), HEIGHT, 10)).extracting(AwaitedEnd::aggregateId).containsExactly("cpayment");
        ends.done(new AwaitedEnd(ActionRole.Payment, "cpayment", PAY_BY, 0));
        clock.advance(Duration.ofMinutes(1));
        assertThat(ends.due(SOURCE, point(HEIGHT, PAY_BY + 1), HEIGHT, 10))
                .containsExactly(new AwaitedEnd(ActionRole.Purchase, "cpurchase", PAY_BY, 1));
    }

    @Test
    void oneThatTheListIsNotReadForIsLookedAtTheLessOftenTheLongerThatLasts() {
        AwaitedEnd end = new AwaitedEnd(ActionRole.Purchase, "cpurchase", PAY_BY, 0);
        assertThat(waitAfter(end)).isEqualTo(Duration.ofSeconds(30));
        clock.advance(Duration.ofMinutes(20));
        assertThat(waitAfter(end)).isEqualTo(Duration.ofMinutes(5));
        clock.advance(Duration.ofDays(2));
        assertThat(waitAfter(end)).isEqualTo(Duration.ofMinutes(10));
    }

    private Duration waitAfter(AwaitedEnd end) {
        ends.postpone(end, Duration.ofSeconds(30), Duration.ofMinutes(10));
        return Duration.between(clock.instant(), jdbc.sql("SELECT retry_at FROM awaited_end WHERE aggregate_id = ?")
                .param(end.aggregateId()).query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant()).single());
    }

    private boolean isDue(long followedTime, long settledHeight) {
        return !ends.due(SOURCE, point(HEIGHT, followedTime), settledHeight, 10).isEmpty();
    }

    private static ChainPoint point(long height, long time) {
        return new ChainPoint(height * 20, "ff".repeat(32), height, time);
    }

    private void block(long height, long time) {
        jdbc.sql("INSERT INTO observed_block (source_id, block_height, block_hash, slot, block_time) VALUES ('csource', ?, ?, ?, ?)")
                .params(height, "hash" + height, height * 20, time).update();
    }

    private void transaction(String hash, String status) {
        jdbc.sql(
                """
                        INSERT INTO chain_transaction (hash, source_id, wallet_id, wallet_vkey, wallet_address, bytes, valid_until_slot, fee_lovelace,
                                                       status, submit_at, signed_at)
                        VALUES (:hash, 'csource', 'cwallet', 'vkey', 'address', '', 5000, 1, :status, now(), now())""")
                .param("hash", hash).param("status", status).update();
    }

    private void action(String status, String hash) {
        jdbc.sql(
                """
                        INSERT INTO chain_action (id, role, aggregate_id, source_id, wallet_ids, kind, parameters, not_before, status,
                                                  transaction_hash, retry_at, created_at, updated_at)
                        VALUES (gen_random_uuid()::text, 'Purchase', 'cpurchase', 'csource', '{}', 'Lock', '{}', 0, :status, :hash, now(), now(), now())""")
                .param("status", status).param("hash", hash).update();
    }

    private static JdbcClient migrated() {
        DriverManagerDataSource pool = new DriverManagerDataSource(TestPostgres.newDatabase());
        Flyway.configure().dataSource(pool).locations("classpath:db/migration/chain").load().migrate();
        return JdbcClient.create(pool);
    }
}
