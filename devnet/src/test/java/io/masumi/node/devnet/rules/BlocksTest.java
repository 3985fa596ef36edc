package io.masumi.node.devnet.rules;

import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import com.bloxbean.cardano.client.plutus.spec.RedeemerTag;
import io.masumi.node.devnet.TestScripts;
import io.masumi.node.devnet.chain.AppliedTransaction;
import io.masumi.node.devnet.chain.Block;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.devnet.ledger.OutputReference;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How transactions get into blocks, and out of them again. */
class BlocksTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final Wallet wallet = fixture.wallet;

    @Test
    void blocksFollowEachOtherInRisingSlots() {
        Block first = fixture.ledger.makeBlock();
        Block second = fixture.ledger.makeBlock();

        assertThat(first.slot()).isEqualTo(100_000);
        assertThat(second.slot()).as("a slot has one block").isEqualTo(100_001);
        assertThat(second.previousHash()).isEqualTo(first.hash());
        assertThat(second.height()).isEqualTo(2);
        assertThat(fixture.ledger.currentSlot()).isEqualTo(100_001);
    }

    @Test
    void aBlockIsDueAtOnceWithTransactionsAndLaterWithout() {
        fixture.ledger.makeBlock();
        assertThat(fixture.ledger.makeBlockIfDue(1, 5)).isFalse();
        fixture.clock.advance(Duration.ofSeconds(1));
        assertThat(fixture.ledger.makeBlockIfDue(1, 5)).isFalse();
        fixture.funds();
        assertThat(fixture.ledger.makeBlockIfDue(1, 5)).isTrue();
        fixture.clock.advance(Duration.ofSeconds(4));
        assertThat(fixture.ledger.makeBlockIfDue(1, 5)).isFalse();
        fixture.clock.advance(Duration.ofSeconds(1));
        assertThat(fixture.ledger.makeBlockIfDue(1, 5)).isTrue();
    }

    @Test
    void aTransactionMayBuildOnOneThatWaits() {
        OutputReference parent = new OutputReference(fixture.ledger.submit(fixture.payment().bytes()), 1);
        BigInteger rest = LedgerFixture.FUNDS.subtract(BigInteger.valueOf(3_000_000));
        String child = fixture.ledger.submit(new Draft(wallet).spend(parent, rest).pay(fixture.other.address(), 1_000_000).bytes());

        assertThat(ids(fixture.ledger.makeBlock())).contains(parent.transactionId()).endsWith(child);
    }

    @Test
    void whatDoesNotFitWaitsForTheNextBlock() {
        for (int i = 0; i < 200; i++) {
            fixture.ledger.submit(fixture.payment().bytes());
        }
        Block first = fixture.ledger.makeBlock();
        List<String> waiting = fixture.ledger.mempoolIds();
        Block second = fixture.ledger.makeBlock();

        assertThat(first.size()).isBetween(90_112 - 1000, 90_112);
        assertThat(ids(second)).isEqualTo(waiting.subList(0, second.transactions().size()));
        assertThat(first.transactions().size() + waiting.size()).isEqualTo(400);
    }

    @Test
    void executionUnitsOfABlockAreLimited() {
        ExUnits units = new ExUnits(BigInteger.valueOf(13_000_000), BigInteger.valueOf(10_000_000));
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            drafts.add(new Draft(wallet).fee(3_000_000).spend(fixture.lockInline(TestScripts.yes()), LedgerFixture.SCRIPT_FUNDS)
                    .attach(TestScripts.yes()).redeemer(RedeemerTag.Spend, 0, units).collateral(fixture.funds()));
        }
        fixture.ledger.makeBlock();
        List<String> submitted = drafts.stream().map(draft -> fixture.ledger.submit(draft.bytes())).toList();

        assertThat(ids(fixture.ledger.makeBlock())).as("52 of 62 million").isEqualTo(submitted.subList(0, 4));
        assertThat(ids(fixture.ledger.makeBlock())).isEqualTo(submitted.subList(4, 5));
    }

    @Test
    void whatExpiresInTheMempoolLeavesItWithWhatBuildsOnIt() {
        long slot = fixture.ledger.currentSlot();
        OutputReference parent = new OutputReference(fixture.ledger.submit(fixture.payment().body(body -> body.setTtl(slot + 10)).bytes()),
                1);
        BigInteger rest = LedgerFixture.FUNDS.subtract(BigInteger.valueOf(3_000_000));
        fixture.ledger.submit(new Draft(wallet).spend(parent, rest).bytes());
        fixture.clock.advance(Duration.ofSeconds(10));
        Block block = fixture.ledger.makeBlock();

        assertThat(ids(block)).hasSize(1).doesNotContain(parent.transactionId());
        assertThat(fixture.ledger.mempoolIds()).isEmpty();
    }

    @Test
    void rolledBackTransactionsReturn() {
        String id = fixture.ledger.submit(fixture.payment().bytes());
        Block dropped = fixture.ledger.makeBlock();
        fixture.ledger.makeBlock();
        fixture.ledger.rollback(2, RolledBackTransactions.RETURN_TO_MEMPOOL);

        assertThat(fixture.height()).isZero();
        assertThat(fixture.block(dropped.hash())).isEmpty();
        assertThat(fixture.transaction(id)).isEmpty();
        assertThat(fixture.ledger.mempoolIds()).endsWith(id);
        fixture.clock.advance(Duration.ofSeconds(1));
        Block again = fixture.ledger.makeBlock();
        assertThat(ids(again)).endsWith(id);
        assertThat(again.hash()).isNotEqualTo(dropped.hash());
    }

    @Test
    void rolledBackTransactionsAreLostIfAsked() {
        OutputReference funds = fixture.funds();
        fixture.ledger.makeBlock();
        byte[] payment = new Draft(wallet).spend(funds, LedgerFixture.FUNDS).pay(fixture.other.address(), 2_000_000).bytes();
        OutputReference lost = new OutputReference(fixture.ledger.submit(payment), 1);
        fixture.ledger.makeBlock();
        BigInteger rest = LedgerFixture.FUNDS.subtract(BigInteger.valueOf(3_000_000));
        fixture.ledger.submit(new Draft(wallet).spend(lost, rest).bytes());
        fixture.ledger.rollback(1, RolledBackTransactions.LOST);

        assertThat(fixture.ledger.mempoolIds()).isEmpty();
        assertThat(fixture.unspent(funds)).isPresent();
        assertThat(fixture.ledger.submit(payment)).isEqualTo(lost.transactionId());
    }

    @Test
    void timeDoesNotGoBackWithARollback() {
        fixture.ledger.makeBlock();
        Block dropped = fixture.ledger.makeBlock();
        String late = fixture.ledger.submit(fixture.payment().body(body -> body.setValidityStartInterval(dropped.slot())).bytes());
        fixture.ledger.rollback(2, RolledBackTransactions.RETURN_TO_MEMPOOL);
        Block again = fixture.ledger.makeBlock();

        assertThat(again.slot()).as("not in the slot of a block that was dropped").isGreaterThan(dropped.slot());
        assertThat(again.height()).isEqualTo(1);
        assertThat(ids(again)).as("no sooner than it may").contains(late);
    }

    @Test
    void whatHasExpiredDoesNotReturnFromARollback() {
        long slot = fixture.ledger.currentSlot();
        String id = fixture.ledger.submit(fixture.payment().body(body -> body.setTtl(slot + 10)).bytes());
        fixture.ledger.makeBlock();
        fixture.clock.advance(Duration.ofSeconds(10));
        fixture.ledger.rollback(1, RolledBackTransactions.RETURN_TO_MEMPOOL);

        assertThat(fixture.ledger.mempoolIds()).isNotEmpty().doesNotContain(id);
    }

    /** After a restart, too, a rollback gives back what it gave back then, however long ago that was. */
    @Test
    void aRollbackIsRepeatedAsInItsOwnSlot() {
        long slot = fixture.ledger.currentSlot();
        String id = fixture.ledger.submit(fixture.payment().body(body -> body.setTtl(slot + 10)).bytes());
        fixture.ledger.makeBlock();
        fixture.clock.advance(Duration.ofSeconds(10));
        fixture.ledger.restoreRollback(1, RolledBackTransactions.RETURN_TO_MEMPOOL, slot + 9);

        assertThat(fixture.ledger.mempoolIds()).contains(id);
    }

    @Test
    void stepsOfABlockAreLimited() {
        ExUnits units = new ExUnits(BigInteger.valueOf(10_000), BigInteger.valueOf(6_000_000_000L));
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            drafts.add(new Draft(wallet).fee(3_000_000).spend(fixture.lockInline(TestScripts.yes()), LedgerFixture.SCRIPT_FUNDS)
                    .attach(TestScripts.yes()).redeemer(RedeemerTag.Spend, 0, units).collateral(fixture.funds()));
        }
        fixture.ledger.makeBlock();
        List<String> submitted = drafts.stream().map(draft -> fixture.ledger.submit(draft.bytes())).toList();

        assertThat(ids(fixture.ledger.makeBlock())).as("18 of 20 milliards").isEqualTo(submitted.subList(0, 3));
    }

    @Test
    void theGenesisBlockStays() {
        fixture.ledger.makeBlock();
        assertThatThrownBy(() -> fixture.ledger.rollback(2, RolledBackTransactions.LOST)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> ids(Block block) {
        return block.transactions().stream().map(AppliedTransaction::id).toList();
    }
}
