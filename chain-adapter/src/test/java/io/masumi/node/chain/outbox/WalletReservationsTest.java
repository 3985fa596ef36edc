package io.masumi.node.chain.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.masumi.node.cardano.OutputRef;
import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.cardano.key.WalletIdentity;
import io.masumi.node.chain.cardano.transaction.InsufficientFundsException;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.TransactionContent;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.wallet.WalletType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WalletReservationsTest {

    private final CardanoWorld world = new CardanoWorld();
    private final ReservationStore stored = new ReservationStore(world.database);
    private final TransactionStore transactions = new TransactionStore(world.database, stored, world.clock);
    private final List<Integer> depths = new ArrayList<>();

    @BeforeEach
    void fund() {
        world.fund(world.buyer, 10_000_000, 200_000_000);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void changeIsSpentOnlyOnceItsTransactionIsAcceptedAndNotTooDeep() {
        WalletSigner wallet = signer(2, 1);
        SignedTransaction parent = lock(wallet);
        AtomicReference<Thread> waiter = new AtomicReference<>();
        CompletableFuture<SignedTransaction> child = CompletableFuture.supplyAsync(() -> {
            waiter.set(Thread.currentThread());
            return lock(wallet);
        });
        await("waiting for change").until(() -> waiter.get() != null && waiter.get().getState() == Thread.State.WAITING);
        assertThat(child).isNotDone();

        wallet.reservations().sent(parent, true);
        assertThat(child.join().inputs()).extracting(OutputRef::transactionHash).contains(parent.hash());
        wallet.reservations().sent(child.join(), true);
        assertThat(depths).containsExactly(1, 2);
        assertThatThrownBy(() -> lock(wallet)).isInstanceOf(InsufficientFundsException.class);
    }

    @Test
    void changeOfWhatWasNotAcceptedIsNotSpent() {
        WalletSigner wallet = signer(10, 1);
        wallet.reservations().sent(lock(wallet), false);

        assertThatThrownBy(() -> lock(wallet)).isInstanceOf(InsufficientFundsException.class);
    }

    @Test
    void changeIsSplitUntilThereIsEnoughToWorkFromAndHalfOfItStaysTogether() {
        WalletSigner wallet = signer(10, 6);
        SignedTransaction first = lock(wallet);
        wallet.reservations().sent(first, true);
        assertThat(lovelace(first).subList(1, 5)).containsOnly(5_000_000L);
        assertThat(lovelace(first).getFirst()).isGreaterThan(100_000_000L);

        SignedTransaction second = lock(wallet);
        assertThat(second.inputs()).doesNotContainAnyElementsOf(first.inputs());
        assertThat(lovelace(second).size()).as("no more than are missing").isLessThanOrEqualTo(2);
    }

    @Test
    void whatOpenTransactionsReserveIsNotThereForTheNextPass() {
        SignedTransaction stored = signer(10, 1)
                .sign(spendable -> world.factory.build(world.sourceId, world.buyer, spendable, intent()),
                        (signed, depth) -> transactions.insert(world.sourceId, wallet().ref(), signed, depth));

        assertThatThrownBy(() -> lock(signer(10, 1))).isInstanceOf(InsufficientFundsException.class);
        transactions.accepted(stored.hash(), world.clock.instant().plusSeconds(60));
        assertThat(lock(signer(10, 1)).inputs()).extracting(OutputRef::transactionHash).containsOnly(stored.hash());
        assertThatThrownBy(() -> lock(signer(1, 1))).isInstanceOf(InsufficientFundsException.class);
    }

    private WalletSigner signer(int mostDepth, int workingOutputs) {
        return new WalletSigner(new WalletReservations(wallet(), world.provider, stored, mostDepth, workingOutputs));
    }

    private SignedTransaction lock(WalletSigner wallet) {
        return wallet.sign(spendable -> world.factory.build(world.sourceId, world.buyer, spendable, intent()),
                (_, depth) -> depths.add(depth));
    }

    private TransactionContent intent() {
        long now = world.clock.millis();
        return TransactionContent
                .of(new ChainAction.Lock(new BlockchainIdentifier(world.vector.blockchainIdentifier()), world.participant(world.seller),
                        "cd".repeat(32), new EscrowTimes(now + 600_000, now + 900_000, now + 1_800_000, now + 2_700_000),
                        Funds.lovelace(12_000_000)));
    }

    private HotWalletView wallet() {
        WalletIdentity buyer = world.identity(world.buyer);
        return new HotWalletView(world.buyer, 0, world.clock.instant(), world.clock.instant(), world.sourceId, Network.Preprod,
                WalletType.Purchasing, buyer.vkey(), buyer.address(), null, null);
    }

    private static List<Long> lovelace(SignedTransaction signed) {
        return signed.change().stream().map(Utxo::value).map(value -> value.lovelace().longValueExact()).toList();
    }
}
