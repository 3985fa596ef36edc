package io.masumi.node.chain.follower;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.SaleExample;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.NodeTestConfiguration;
import io.masumi.node.testing.Processors;
import io.masumi.node.cardano.LedgerConstants;

/** What is old is forgotten, and nothing is done twice for it, whoever reads its events again. */
@NodeTest(classes = NodeTestConfiguration.class, properties = {"masumi.roles=command,query,chain",
        "masumi.encryption-key=a-key-for-tests-only-0123456789abcdef", "masumi.deadlines.polling-interval=50ms"})
@Tag("slow")
class TrimmingTest {

    private static final String SAGA = "purchase-saga";
    private static final Duration AGE = Duration.ofDays(100);

    @Autowired
    private CommandGateway commands;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private PlatformTransactionManager transactions;
    @Autowired
    private ChainSettings settings;
    @Autowired
    private Processors processors;
    @Autowired
    private EventProcessingConfiguration processing;
    @Autowired
    private MutableClock clock;

    private SaleExample sale;
    private String lock;

    /** A purchase whose lock is on chain for long. */
    @BeforeEach
    void lockedLongAgo() {
        clock.set(Instant.now());
        sale = new SaleExample(clock.instant());
        lock = sale.lock().transaction().hash();
        commands.sendAndWait(sale.createPurchase());
        commands.sendAndWait(
                new PurchaseCommand.RecordActionInitiated(sale.purchaseId, EscrowAction.Lock, SaleExample.PURCHASING_WALLET, lock, 5000));
        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, sale.lock()));
        processors.awaitCaughtUp();
        String hash = jdbc.sql("SELECT transaction_hash FROM escrow_position WHERE aggregate_id = ?").param(sale.purchaseId.value())
                .query(String.class).single();
        lock = hash;
        jdbc.sql(
                """
                        INSERT INTO chain_transaction (hash, source_id, wallet_id, wallet_vkey, wallet_address, bytes, valid_until_slot, fee_lovelace,
                                                       status, submit_at, signed_at, block_hash, block_height)
                        VALUES (:hash, :source, 'w', 'v', 'a', '\\x00', 1, 1, 'Confirmed', now(), now() - interval '100 days', 'b', 10)""")
                .param("hash", hash).param("source", SaleExample.SOURCE_ID.value()).update();
        jdbc.sql("UPDATE chain_action SET status = 'Confirmed', transaction_hash = :hash, updated_at = now() - interval '100 days'"
                + " WHERE aggregate_id = :id").param("hash", hash).param("id", sale.purchaseId.value()).update();
        jdbc.sql("""
                INSERT INTO observed_transaction (source_id, hash, block_height, block_hash, transaction_index, purchases, observed_at)
                VALUES (:source, :hash, 10, 'b', 0, ARRAY[:id], now() - interval '100 days')""")
                .param("source", SaleExample.SOURCE_ID.value()).param("hash", hash).param("id", sale.purchaseId.value()).update();
        seenUpTo(10 + LedgerConstants.LONGEST_ROLLBACK);
    }

    @Test
    void ofAnEscrowThatStandsNothingIs() {
        trim();
        assertThat(kept()).containsValues(1L, 1L, 1L, 1L).doesNotContainValue(0L);
    }

    @Test
    void ofAnEscrowThatEndedAllIsAndReadingItsEventsAgainDoesNothingTwice() {
        ended();
        trim();
        assertThat(kept()).containsOnlyKeys("action", "transaction", "observed", "position").containsValue(0L).doesNotContainValue(1L);

        EventProcessor saga = processing.eventProcessor(SAGA).orElseThrow();
        saga.shutDown();
        assertThat(jdbc.sql("DELETE FROM tokenentry WHERE processorname = ?").param(SAGA).update()).isPositive();
        saga.start();
        processors.awaitCaughtUp(SAGA);
        assertThat(kept()).containsEntry("action", 0L);
    }

    @Test
    void nothingIsThatARollbackCanReach() {
        ended();
        jdbc.sql("DELETE FROM observed_block WHERE source_id = ?").param(SaleExample.SOURCE_ID.value()).update();
        seenUpTo(9 + LedgerConstants.LONGEST_ROLLBACK);
        trim();
        assertThat(kept()).containsEntry("transaction", 1L).containsEntry("observed", 1L).containsEntry("position", 1L);
    }

    @Test
    void withoutProofThatItsWishesWereTakenNoActionIs() {
        ended();
        jdbc.sql("DELETE FROM heard_event WHERE aggregate_id = ?").param(sale.purchaseId.value()).update();
        trim();
        assertThat(kept()).containsEntry("action", 1L).containsEntry("transaction", 1L);
    }

    /** As after an upgrade of a node that did not keep that proof. */
    @Test
    void whatMustStayIsNotInTheWayOfWhatCanGo() {
        ended();
        jdbc.sql("""
                INSERT INTO chain_action (id, role, aggregate_id, source_id, wallet_ids, kind, parameters, not_before, status, retry_at,
                                          created_at, updated_at)
                SELECT 'c' || nr, 'Purchase', 'unproved' || nr, :source, '{}', 'Lock', '{}', 0, 'Abandoned', now(), now(),
                       now() - interval '200 days'
                FROM generate_series(1, 6000) nr""").param("source", SaleExample.SOURCE_ID.value()).update();
        try {
            trim();
            assertThat(kept()).containsEntry("action", 0L);
            assertThat(jdbc.sql("SELECT count(*) FROM chain_action WHERE aggregate_id LIKE 'unproved%'").query(Long.class).single())
                    .isEqualTo(6000);
        } finally {
            jdbc.sql("DELETE FROM chain_action WHERE aggregate_id LIKE 'unproved%'").update();
        }
    }

    /** Nothing was heard for what a wallet did by itself. */
    @Test
    void whatWalletsPaidThemselvesIsUnlessARollbackCanReachIt() {
        long newest = 11 + LedgerConstants.LONGEST_ROLLBACK;
        merged("old" + lock, 9);
        merged("young" + lock, newest);
        trim();

        assertThat(count("chain_action WHERE id", "old" + lock)).isZero();
        assertThat(count("chain_transaction WHERE hash", "old" + lock)).isZero();
        assertThat(count("chain_action WHERE id", "young" + lock)).isOne();
        assertThat(count("chain_transaction WHERE hash", "young" + lock)).isOne();
    }

    private void merged(String hash, long height) {
        jdbc.sql(
                """
                        INSERT INTO chain_transaction (hash, source_id, wallet_id, wallet_vkey, wallet_address, bytes, valid_until_slot, fee_lovelace,
                                                       status, submit_at, signed_at, block_hash, block_height)
                        VALUES (:hash, :source, 'w', 'v', 'a', '\\x00', 1, 1, 'Confirmed', now(), now() - interval '100 days', 'b', :height)""")
                .param("hash", hash).param("source", SaleExample.SOURCE_ID.value()).param("height", height).update();
        jdbc.sql(
                """
                        INSERT INTO chain_action (id, role, aggregate_id, source_id, wallet_ids, kind, parameters, not_before, status, transaction_hash,
                                                  retry_at, created_at, updated_at)
                        VALUES (:hash, 'Wallet', 'w', :source, '{w}', 'MergeOutputs', '{}', 0, 'Confirmed', :hash, now(), now(),
                                now() - interval '100 days')""")
                .param("hash", hash).param("source", SaleExample.SOURCE_ID.value()).update();
    }

    private void ended() {
        jdbc.sql("UPDATE escrow_position SET output_index = NULL WHERE aggregate_id = ?").param(sale.purchaseId.value()).update();
    }

    private void seenUpTo(long height) {
        jdbc.sql("INSERT INTO observed_block (source_id, block_height, block_hash, slot, block_time) VALUES (?, ?, 'tip', 1, 1)"
                + " ON CONFLICT DO NOTHING").params(SaleExample.SOURCE_ID.value(), height).update();
    }

    private void trim() {
        new Trimming(jdbc, new TransactionTemplate(transactions), settings, clock).trim(SaleExample.SOURCE_ID,
                clock.instant().minus(AGE.minusDays(1)));
    }

    private Map<String, Long> kept() {
        return Map.of("action", count("chain_action WHERE aggregate_id", sale.purchaseId.value()),
                "transaction", count("chain_transaction WHERE hash", lock), "observed", count("observed_transaction WHERE hash", lock),
                "position", count("escrow_position WHERE aggregate_id", sale.purchaseId.value()));
    }

    private long count(String what, String id) {
        return jdbc.sql("SELECT count(*) FROM " + what + " = ?").param(id).query(Long.class).single();
    }
}
