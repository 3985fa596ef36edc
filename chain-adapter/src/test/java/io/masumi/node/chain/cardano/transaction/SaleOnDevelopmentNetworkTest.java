package io.masumi.node.chain.cardano.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.chain.cardano.codec.RedeemerCodec;
import io.masumi.node.chain.identifier.IdentifierQueries;
import io.masumi.node.chain.identifier.SignTerms;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.devnet.DevnetOptions;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.SaleTerms;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.escrow.LockRules;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every escrow action as a transaction that the development network's ledger accepts, with our contract's real script. */
@Tag("slow")
class SaleOnDevelopmentNetworkTest {

    private static final Logger LOG = LoggerFactory.getLogger(SaleOnDevelopmentNetworkTest.class);
    private static final String RESULT = "ab".repeat(32);
    private static final List<String> MEASURED = new ArrayList<>();

    private CardanoWorld world;

    @BeforeEach
    void fundWallets() {
        fundWallets(new CardanoWorld());
    }

    private void fundWallets(CardanoWorld fresh) {
        world = fresh;
        world.fund(world.seller, 100_000_000, 10_000_000);
        world.fund(world.buyer, 100_000_000, 10_000_000);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @AfterAll
    static void report() {
        MEASURED.forEach(LOG::info);
    }

    @Test
    void aSaleFromLockToWithdrawal() {
        EscrowTimes times = times();
        Utxo locked = lock(times, Funds.lovelace(10_000_000));
        EscrowDatum datum = datum(locked);
        assertThat(datum.state()).isEqualTo(OnChainState.FundsLocked);
        assertThat(datum.buyer()).isEqualTo(world.participant(world.buyer));
        assertThat(datum.seller()).isEqualTo(world.participant(world.seller));
        assertThat(datum.collateralReturnLovelace()).isZero();
        assertThat(locked.value()).isEqualTo(Funds.lovelace(10_000_000));

        SignedTransaction submit = act(world.seller, "SubmitResult", TransactionContent.on(locked, new ChainAction.SubmitResult(RESULT)));
        Utxo submitted = escrow(submit);
        datum = datum(submitted);
        assertThat(datum.state()).isEqualTo(OnChainState.ResultSubmitted);
        assertThat(datum.resultHash()).isEqualTo(RESULT);
        assertThat(datum.buyerCooldownTime()).isZero();
        long upperBound = world.network.startOfSlot(submit.validUntilSlot() + 1).toEpochMilli();
        assertThat(datum.sellerCooldownTime()).isEqualTo(upperBound + CardanoWorld.COOLDOWN);
        assertThat(action(submit)).isEqualTo(EscrowAction.SubmitResult);

        assertThatThrownBy(() -> build(world.seller, TransactionContent.on(submitted, new ChainAction.Withdraw(null))))
                .isInstanceOfSatisfying(TransactionTooEarlyException.class, e -> assertThat(e.notBefore()).isEqualTo(times.unlockTime()));
        goTo(times.unlockTime());
        SignedTransaction withdraw = act(world.seller, "Withdraw", TransactionContent.on(submitted, new ChainAction.Withdraw(null)));
        assertThat(world.provider.unspent(world.escrowAddress)).isEmpty();
        // 5 % of 10 ada is less than what an output with a datum needs, so the fee output holds that.
        BigInteger fee = world.provider.unspent(world.feeAddress).getFirst().value().lovelace();
        assertThat(fee).isBetween(BigInteger.valueOf(500_000), BigInteger.valueOf(1_500_000));
        assertThat(paidTo(withdraw, world.identity(world.seller).address(), 0)).isEqualTo(Funds.lovelace(10_000_000 - fee.longValue()));
    }

    /** All others run at version 11, whose list of costs is longer. */
    @Test
    void aSaleOnAChainOfProtocolVersion10() {
        assertThat(world.provider.parameters().protocol().getProtocolMajorVer()).isEqualTo(11);
        world.close();
        fundWallets(new CardanoWorld(DevnetOptions.inMemory().withBlocksOnDemand().atProtocolVersion(10)));
        assertThat(world.provider.parameters().protocol().getProtocolMajorVer()).isEqualTo(10);
        aSaleFromLockToWithdrawal();
    }

    @Test
    void tokensWithCollateralReturnAndACollectionAddress() {
        // A registered agent's NFT stands for any token.
        SignedTransaction minted = new AgentMinting(world).register(world.buyer, null);
        String token = minted.agentIdentifier();
        EscrowTimes times = times();
        Utxo locked = lock(times, Funds.of(List.of(new Amount(token, BigInteger.ONE))));
        BigInteger collateral = datum(locked).collateralReturnLovelace();
        assertThat(collateral).isGreaterThanOrEqualTo(LockRules.MIN_COLLATERAL_RETURN);
        assertThat(locked.value().lovelace()).isEqualTo(collateral);

        Utxo submitted = escrow(
                act(world.seller, "SubmitResult (token)", TransactionContent.on(locked, new ChainAction.SubmitResult(RESULT))));
        assertThat(submitted.value()).isEqualTo(locked.value());
        goTo(times.unlockTime());
        SignedTransaction withdraw = act(world.seller, "Withdraw (token)",
                TransactionContent.on(submitted, new ChainAction.Withdraw(world.identity(world.buyer).address())));
        ChainTransaction seen = world.provider.transaction(withdraw.hash()).orElseThrow();
        // Fee of the lovelace, collateral return to the buyer, the token to the collection address.
        assertThat(seen.outputs().get(0).address()).isEqualTo(world.feeAddress);
        assertThat(seen.outputs().get(1).address()).isEqualTo(world.identity(world.buyer).address());
        assertThat(seen.outputs().get(1).value().lovelace()).isEqualTo(collateral);
        assertThat(seen.outputs().get(2).address()).isEqualTo(world.identity(world.buyer).address());
        assertThat(seen.outputs().get(2).value().of(token)).isEqualTo(BigInteger.ONE);
    }

    /** The network's output needs more than that, and the seller's own money pays for it: else the escrow would stand for ever. */
    @Test
    void aSaleForNextToNothingIsPaidOut() {
        EscrowTimes times = times();
        Utxo submitted = escrow(
                act(world.seller, "SubmitResult",
                        TransactionContent.on(lock(times, Funds.lovelace(1)), new ChainAction.SubmitResult(RESULT))));
        goTo(times.unlockTime());
        SignedTransaction withdraw = act(world.seller, "Withdraw (1 lovelace)",
                TransactionContent.on(submitted, new ChainAction.Withdraw(null)));
        assertThat(paidTo(withdraw, world.feeAddress, 0).lovelace()).isGreaterThan(BigInteger.valueOf(1_000_000));
    }

    @Test
    void theNetworkFeeIsAShareRoundedDownAndTheSellerGetsTheRest() {
        world.fund(world.buyer, 500_000_000);
        EscrowTimes times = times();
        Utxo locked = lock(times, Funds.lovelace(200_000_019));
        Utxo submitted = escrow(act(world.seller, "SubmitResult", TransactionContent.on(locked, new ChainAction.SubmitResult(RESULT))));
        goTo(times.unlockTime());
        SignedTransaction withdraw = act(world.seller, "Withdraw (200 ada)",
                TransactionContent.on(submitted, new ChainAction.Withdraw(null)));
        assertThat(paidTo(withdraw, world.feeAddress, 0)).isEqualTo(Funds.lovelace(10_000_000));
        assertThat(paidTo(withdraw, world.identity(world.seller).address(), 0)).isEqualTo(Funds.lovelace(190_000_019));
    }

    @Test
    void aNearDeadlineBoundsTheValidity() {
        EscrowTimes times = times();
        Utxo locked = lock(times, Funds.lovelace(7_000_000));
        goTo(times.submitResultTime() - 10_000);
        SignedTransaction submit = act(world.seller, "SubmitResult (late)",
                TransactionContent.on(locked, new ChainAction.SubmitResult(RESULT)));
        // Before the deadline: the first slot in which it cannot land begins before it.
        assertThat(world.network.startOfSlot(submit.validUntilSlot() + 1).toEpochMilli()).isEqualTo(times.submitResultTime() - 1000);
    }

    @Test
    void aRefundAfterNoResult() {
        EscrowTimes times = times();
        Utxo locked = lock(times, Funds.lovelace(7_000_000));
        goTo(times.submitResultTime());
        act(world.buyer, "WithdrawRefund", TransactionContent.on(locked, new ChainAction.WithdrawRefund(null)));
        assertThat(world.provider.unspent(world.escrowAddress)).isEmpty();
    }

    @Test
    void refundRequestedTakenBackDisputedAndAuthorized() {
        EscrowTimes times = times();
        Utxo escrow = lock(times, Funds.lovelace(7_000_000));

        escrow = escrow(act(world.buyer, "RequestRefund", TransactionContent.on(escrow, new ChainAction.RequestRefund())));
        assertThat(datum(escrow).state()).isEqualTo(OnChainState.RefundRequested);
        Utxo requested = escrow;
        assertThatThrownBy(() -> build(world.buyer, TransactionContent.on(requested, new ChainAction.CancelRefundRequest())))
                .isInstanceOf(TransactionTooEarlyException.class);
        goTo(datum(escrow).buyerCooldownTime());
        escrow = escrow(act(world.buyer, "CancelRefundRequest", TransactionContent.on(escrow, new ChainAction.CancelRefundRequest())));
        assertThat(datum(escrow).state()).isEqualTo(OnChainState.FundsLocked);

        escrow = escrow(act(world.seller, "SubmitResult", TransactionContent.on(escrow, new ChainAction.SubmitResult(RESULT))));
        escrow = escrow(act(world.buyer, "RequestRefund (dispute)", TransactionContent.on(escrow, new ChainAction.RequestRefund())));
        assertThat(datum(escrow).state()).isEqualTo(OnChainState.Disputed);
        escrow = escrow(act(world.seller, "AuthorizeRefund", TransactionContent.on(escrow, new ChainAction.AuthorizeRefund())));
        assertThat(datum(escrow).state()).isEqualTo(OnChainState.RefundRequested);
        assertThat(datum(escrow).resultHash()).isEmpty();
        goTo(times.submitResultTime());
        act(world.buyer, "WithdrawRefund (authorized)",
                TransactionContent.on(escrow, new ChainAction.WithdrawRefund(world.identity(world.seller).address())));
        assertThat(world.provider.unspent(world.escrowAddress)).isEmpty();
    }

    @Test
    void severalLocksInOneTransaction() {
        EscrowTimes times = times();
        List<ChainAction> locks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            locks.add(new ChainAction.Lock(identifier(times, i), world.participant(world.seller), "cd".repeat(32), times,
                    Funds.lovelace(1_000_000)));
        }
        SignedTransaction transaction = world.factory.build(world.sourceId, world.buyer, spendable(world.buyer),
                TransactionContent.of(locks.toArray(ChainAction[]::new)));
        submit("Lock x5", transaction);
        List<Utxo> locked = world.provider.unspent(world.escrowAddress);
        assertThat(locked).hasSize(5).allSatisfy(utxo -> {
            BigInteger collateral = datum(utxo).collateralReturnLovelace();
            assertThat(collateral).isGreaterThanOrEqualTo(LockRules.MIN_COLLATERAL_RETURN);
            assertThat(utxo.value().lovelace()).isEqualTo(collateral.add(BigInteger.valueOf(1_000_000)));
        });
        for (int i = 0; i < 60; i++) {
            locks.add(locks.getFirst());
        }
        world.fund(world.buyer, 500_000_000);
        assertThatThrownBy(() -> world.factory.build(world.sourceId, world.buyer, spendable(world.buyer),
                TransactionContent.of(locks.toArray(ChainAction[]::new))))
                .isInstanceOf(TransactionTooLargeException.class);
    }

    @Test
    void changeIsUsableBeforeItsTransactionIsInABlock() {
        EscrowTimes times = times();
        SignedTransaction first = world.factory.build(world.sourceId, world.buyer, spendable(world.buyer), lockContent(times, 1));
        assertThat(world.provider.submit(first.bytes())).isEqualTo(new SubmitOutcome.Accepted(first.hash()));
        SignedTransaction second = world.factory.build(world.sourceId, world.buyer, first.change(), lockContent(times, 2));
        assertThat(second.inputs()).allSatisfy(input -> assertThat(input.transactionHash()).isEqualTo(first.hash()));
        assertThat(world.provider.submit(second.bytes())).isEqualTo(new SubmitOutcome.Accepted(second.hash()));
        world.block();
        assertThat(world.provider.unspent(world.escrowAddress)).hasSize(2);
        for (Utxo change : second.change()) {
            assertThat(world.provider.unspentOutput(change.ref())).hasValueSatisfying(
                    seen -> assertThat(seen.value()).isEqualTo(change.value()));
        }
    }

    @Test
    void theCollateralIsNotSpentAndASecondOneIsMadeWhenThereIsNone() {
        Utxo locked = lock(times(), Funds.lovelace(7_000_000));
        SignedTransaction submit = build(world.seller, TransactionContent.on(locked, new ChainAction.SubmitResult(RESULT)));
        assertThat(submit.inputs()).doesNotContainAnyElementsOf(submit.collateral());
        assertThat(submit.inputs()).contains(locked.ref());

        Utxo only = spendable(world.seller).stream().filter(utxo -> utxo.value().lovelace().longValue() == 100_000_000).findFirst()
                .orElseThrow();
        SignedTransaction fromOne = world.factory.build(world.sourceId, world.seller, List.of(only),
                TransactionContent.on(locked, new ChainAction.SubmitResult(RESULT)));
        assertThat(fromOne.change()).extracting(Utxo::value).contains(Funds.lovelace(WalletFunds.COLLATERAL.longValue()));
        submit("SubmitResult (one output)", fromOne);
    }

    @Test
    void whatCanNeverBeIsSaidSo() {
        EscrowTimes times = times();
        Utxo locked = lock(times, Funds.lovelace(7_000_000));

        assertThatThrownBy(() -> build(world.buyer, TransactionContent.on(locked, new ChainAction.SubmitResult(RESULT))))
                .isInstanceOf(TransactionImpossibleException.class).hasMessageContaining("Seller");
        assertThatThrownBy(() -> build(world.seller, TransactionContent.on(locked, new ChainAction.AuthorizeRefund())))
                .isInstanceOf(TransactionImpossibleException.class).hasMessageContaining("FundsLocked");
        assertThatThrownBy(() -> build(world.seller, TransactionContent.on(locked, new ChainAction.SubmitResult(""))))
                .isInstanceOf(TransactionImpossibleException.class).hasMessageContaining("refuses");
        assertThatThrownBy(() -> world.factory.build(world.sourceId, world.seller, List.of(),
                TransactionContent.on(locked, new ChainAction.SubmitResult(RESULT)))).isInstanceOf(InsufficientFundsException.class);
        goTo(times.submitResultTime());
        assertThatThrownBy(() -> build(world.seller, TransactionContent.on(locked, new ChainAction.SubmitResult(RESULT))))
                .isInstanceOf(TransactionImpossibleException.class).hasMessageContaining("too late");
        assertThatThrownBy(() -> build(world.buyer, lockContent(times, 9)))
                .isInstanceOf(TransactionImpossibleException.class).hasMessageContaining("too late");
    }

    @Test
    void refusalsAreTold() {
        Utxo locked = lock(times(), Funds.lovelace(7_000_000));
        SignedTransaction submit = build(world.seller, TransactionContent.on(locked, new ChainAction.SubmitResult(RESULT)));
        SignedTransaction rival = build(world.seller, TransactionContent.on(locked, new ChainAction.SubmitResult("ee".repeat(32))));
        submit("SubmitResult", submit);
        assertThat(world.provider.submit(rival.bytes())).isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> {
            assertThat(refused.inputsGone()).isTrue();
            assertThat(refused.expired()).isFalse();
        });
        SignedTransaction late = build(world.buyer, lockContent(times(), 3));
        world.clock.advance(Duration.ofMinutes(6));
        assertThat(world.provider.submit(late.bytes())).isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> {
            assertThat(refused.inputsGone()).isFalse();
            assertThat(refused.expired()).isTrue();
        });
    }

    /** So much was taken of a key's credits; whatever the provider names as fee or minimum, no more leaves the wallet. */
    @Test
    void nothingIsSignedThatTakesMoreThanWasPaidFor() {
        CardanoTransactionFactory frugal = new CardanoTransactionFactory(world.sources, world.finder, world.wallets, world.providers,
                new CreditRules(100_000, 1_435_230, 0, 2_000_000, 0, 0, 1), world.clock, Duration.ofMinutes(5));
        TransactionContent small = TransactionContent
                .of(new ChainAction.Lock(identifier(times(), 8), world.participant(world.seller), "cd".repeat(32),
                        times(), Funds.lovelace(1_000_000)));

        assertThatThrownBy(() -> frugal.build(world.sourceId, world.buyer, spendable(world.buyer), small))
                .isInstanceOf(TransactionImpossibleException.class).hasMessageContaining("masumi.credits.collateral-return");
        assertThatThrownBy(() -> frugal.build(world.sourceId, world.buyer, spendable(world.buyer), lockContent(times(), 9)))
                .isInstanceOf(TransactionImpossibleException.class).hasMessageContaining("may take 7100000");
        Utxo locked = lock(times(), Funds.lovelace(10_000_000));
        assertThatThrownBy(() -> frugal.build(world.sourceId, world.seller, spendable(world.seller),
                TransactionContent.on(locked, new ChainAction.SubmitResult(RESULT)))).isInstanceOf(TransactionImpossibleException.class)
                .hasMessageContaining("may take 100000");
    }

    private EscrowTimes times() {
        long now = world.clock.millis();
        return new EscrowTimes(now + 600_000, now + 3_600_000, now + 7_200_000, now + 10_800_000);
    }

    private BlockchainIdentifier identifier(EscrowTimes times, int number) {
        SaleTerms terms = new SaleTerms("cd".repeat(32), world.vector.terms().agentIdentifier(),
                "aabbccddeeff00112233%02x".formatted(number),
                world.vector.terms().sellerIdentifier(), null, times, world.identity(world.seller).address());
        return new IdentifierQueries(world.wallets).sign(new SignTerms(world.seller, terms));
    }

    private TransactionContent lockContent(EscrowTimes times, int number) {
        return TransactionContent
                .of(new ChainAction.Lock(identifier(times, number), world.participant(world.seller), "cd".repeat(32), times,
                        Funds.lovelace(7_000_000)));
    }

    private Utxo lock(EscrowTimes times, Funds price) {
        BlockchainIdentifier identifier = identifier(times, 0);
        SignedTransaction lock = act(world.buyer, "Lock",
                TransactionContent.of(new ChainAction.Lock(identifier, world.participant(world.seller), "cd".repeat(32), times, price)));
        Utxo locked = escrow(lock);
        assertThat(datum(locked).blockchainIdentifier()).isEqualTo(identifier);
        return locked;
    }

    private SignedTransaction build(HotWalletId wallet, TransactionContent content) {
        return world.factory.build(world.sourceId, wallet, spendable(wallet), content);
    }

    private SignedTransaction act(HotWalletId wallet, String what, TransactionContent content) {
        SignedTransaction transaction = build(wallet, content);
        submit(what, transaction);
        return transaction;
    }

    private void submit(String what, SignedTransaction transaction) {
        assertThat(world.provider.submit(transaction.bytes())).isEqualTo(new SubmitOutcome.Accepted(transaction.hash()));
        world.block();
        ChainTransaction seen = world.provider.transaction(transaction.hash()).orElseThrow();
        assertThat(seen.scriptsPassed()).isTrue();
        assertThat(seen.feeLovelace()).isEqualTo(transaction.feeLovelace());
        assertThat(seen.inputs()).extracting(ChainTransaction.Input::ref).containsExactlyElementsOf(transaction.inputs());
        MEASURED.add("%-30s %6d bytes, fee %d lovelace%s".formatted(what, transaction.bytes().length, transaction.feeLovelace(),
                Measured.units(transaction)));
    }

    private List<Utxo> spendable(HotWalletId wallet) {
        return world.provider.unspent(world.identity(wallet).address());
    }

    private Utxo escrow(SignedTransaction transaction) {
        ChainTransaction seen = world.provider.transaction(transaction.hash()).orElseThrow();
        ChainTransaction.Output output = seen.outputs().stream().filter(each -> each.address().equals(world.escrowAddress)).findFirst()
                .orElseThrow();
        return world.provider.unspentOutput(new OutputRef(transaction.hash(), output.index())).orElseThrow();
    }

    private EscrowAction action(SignedTransaction transaction) {
        ChainTransaction seen = world.provider.transaction(transaction.hash()).orElseThrow();
        ChainTransaction.Redeemer redeemer = seen.redeemers().getFirst();
        assertThat(seen.inputs().get(redeemer.inputIndex()).address()).isEqualTo(world.escrowAddress);
        return RedeemerCodec.decode(redeemer.data()).orElseThrow();
    }

    private Funds paidTo(SignedTransaction transaction, String address, int nth) {
        return world.provider.transaction(transaction.hash()).orElseThrow().outputs().stream()
                .filter(output -> output.address().equals(address)).toList().get(nth).value();
    }

    private static EscrowDatum datum(Utxo utxo) {
        return EscrowDatumCodec.decode(utxo.inlineDatum(), Network.Preprod).orElseThrow();
    }

    private void goTo(long time) {
        world.clock.set(Instant.ofEpochMilli(Math.ceilDiv(time, 1000L) * 1000));
        world.network.makeBlock();
    }
}
