package io.masumi.node.escrow;

import static io.masumi.node.escrow.SaleExample.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** "When a lock is believed" (docs/chain.md): one test for each condition. */
class LockRulesTest {

    private static final AgreedTerms AGREED = new AgreedTerms(SELLER, BUYER, INPUT_HASH, TIMES, PRICE);

    @Test
    void theAgreedLockBreaksNone() {
        assertThat(LockRules.brokenBy(AGREED, lock(1))).isEmpty();
        assertThat(LockRules.judge(AGREED, EscrowStatus.NOTHING_LOCKED, lock(1))).contains(new ChainFact.Locked(lock(1)));
    }

    @Test
    void theBuyerMustBeAmongTheInputs() {
        assertThat(LockRules.judge(AGREED, EscrowStatus.NOTHING_LOCKED,
                new LockObservation(output(1), datum(), LOCKED, false, false, transaction(1, EscrowAction.Lock))))
                .get().isInstanceOf(ChainFact.Ignored.class);
    }

    @Test
    void itMustBeTheFirst() {
        EscrowStatus locked = EscrowStatus.NOTHING_LOCKED.locked(OnChainState.FundsLocked, lock(1));

        assertThat(LockRules.judge(AGREED, locked, lock(1))).isEmpty();
        assertThat(LockRules.judge(AGREED, locked, lock(2))).get().isInstanceOf(ChainFact.Ignored.class);
        assertThat(LockRules.judge(AGREED, locked.ignored(lock(2)), lock(2))).isEmpty();
    }

    /** Who sees a lock on its way could be first with an invalid one. */
    @Test
    void anInvalidFirstOneKeepsTheAgreedOneNotOut() {
        EscrowStatus invalid = EscrowStatus.NOTHING_LOCKED.locked(OnChainState.FundsOrDatumInvalid, lock(1));
        LockObservation poor = new LockObservation(output(3), datum(), Funds.lovelace(1_600_000), true, false,
                transaction(3, EscrowAction.Lock));

        assertThat(LockRules.judge(AGREED, invalid, lock(1))).isEmpty();
        assertThat(LockRules.judge(AGREED, invalid, poor)).get().isInstanceOf(ChainFact.Ignored.class);
        assertThat(LockRules.judge(AGREED, invalid, lock(2))).contains(new ChainFact.Locked(lock(2)));
    }

    @Test
    void theStateMustBeFundsLocked() {
        breaks("The state is Disputed, not FundsLocked", d -> copy(d, BUYER, SELLER, COLLATERAL_RETURN, INPUT_HASH, "", TIMES, 0, 0,
                OnChainState.Disputed));
    }

    @Test
    void theResultHashMustBeEmpty() {
        breaks("A result hash is present", d -> copy(d, BUYER, SELLER, COLLATERAL_RETURN, INPUT_HASH, RESULT_HASH, TIMES, 0, 0,
                OnChainState.FundsLocked));
    }

    @Test
    void bothCooldownsMustBe0() {
        breaks("The seller's cooldown is not 0", d -> copy(d, BUYER, SELLER, COLLATERAL_RETURN, INPUT_HASH, "", TIMES, 1, 0,
                OnChainState.FundsLocked));
        breaks("The buyer's cooldown is not 0", d -> copy(d, BUYER, SELLER, COLLATERAL_RETURN, INPUT_HASH, "", TIMES, 0, 1,
                OnChainState.FundsLocked));
    }

    @Test
    void thePartiesMustBeTheAgreedOnes() {
        Participant other = new Participant(SELLER.vkey(), "addr_test1elsewhere");

        breaks("The seller is not the agreed one", d -> copy(d, BUYER, other, COLLATERAL_RETURN, INPUT_HASH, "", TIMES, 0, 0,
                OnChainState.FundsLocked));
        breaks("The buyer is not the agreed one", d -> copy(d, other, SELLER, COLLATERAL_RETURN, INPUT_HASH, "", TIMES, 0, 0,
                OnChainState.FundsLocked));
    }

    @Test
    void theBuyerMustBeAKeyEvenWhenTheAgreementLeavesThePersonOpen() {
        AgreedTerms open = new AgreedTerms(SELLER, null, INPUT_HASH, TIMES, PRICE);
        EscrowDatum script = copy(datum(), new Participant(null, "addr_test1script"), SELLER, COLLATERAL_RETURN, INPUT_HASH, "", TIMES, 0,
                0,
                OnChainState.FundsLocked);

        assertThat(LockRules.brokenBy(open, lock(1))).isEmpty();
        assertThat(LockRules.brokenBy(open, with(script))).containsExactly("The buyer is a script");
    }

    @Test
    void theInputHashMustBeTheAgreedOne() {
        breaks("The input hash is not the agreed one", d -> copy(d, BUYER, SELLER, COLLATERAL_RETURN, "00", "", TIMES, 0, 0,
                OnChainState.FundsLocked));
    }

    @Test
    void eachTimeMustBeTheAgreedOne() {
        breaks("payByTime is not the agreed one", times(TIMES.payByTime() + 1, TIMES.submitResultTime(), TIMES.unlockTime(),
                TIMES.externalDisputeUnlockTime()));
        breaks("submitResultTime is not the agreed one", times(TIMES.payByTime(), TIMES.submitResultTime() + 1, TIMES.unlockTime(),
                TIMES.externalDisputeUnlockTime()));
        breaks("unlockTime is not the agreed one", times(TIMES.payByTime(), TIMES.submitResultTime(), TIMES.unlockTime() - 1,
                TIMES.externalDisputeUnlockTime()));
        breaks("externalDisputeUnlockTime is not the agreed one", times(TIMES.payByTime(), TIMES.submitResultTime(), TIMES.unlockTime(),
                TIMES.externalDisputeUnlockTime() - 1));
    }

    @Test
    void theBlockMustNotBeLaterThanPayByTime() {
        assertThat(LockRules.brokenBy(AGREED, inBlockAt(TIMES.payByTime()))).isEmpty();
        assertThat(LockRules.brokenBy(AGREED, inBlockAt(TIMES.payByTime() + 1))).containsExactly("It came after payByTime");
    }

    @Test
    void theOutputMustCarryNoReferenceScript() {
        assertThat(LockRules.brokenBy(AGREED, new LockObservation(output(1), datum(), LOCKED, true, true,
                transaction(1, EscrowAction.Lock)))).containsExactly("The output carries a reference script");
    }

    @Test
    void theLovelaceWithoutTheCollateralReturnMustCoverThePrice() {
        assertThat(LockRules.brokenBy(AGREED, holding(LOCKED.plus(Funds.lovelace(1))))).isEmpty();
        assertThat(LockRules.brokenBy(AGREED, holding(Funds.lovelace(6_499_999)))).containsExactly(
                "The locked 6499999 lovelace without the collateral return of 1500000 do not cover the price of 5000000");
    }

    @Test
    void otherAssetsMustBeExactlyThePrices() {
        Funds tokens = Funds.of(List.of(Amount.parse(POLICY, "10")));
        AgreedTerms inTokens = new AgreedTerms(SELLER, BUYER, INPUT_HASH, TIMES, tokens);
        String rule = "The locked assets besides lovelace are not exactly the price's";

        assertThat(LockRules.brokenBy(inTokens, holding(LOCKED.plus(tokens)))).isEmpty();
        assertThat(LockRules.brokenBy(inTokens, holding(LOCKED))).containsExactly(rule);
        assertThat(LockRules.brokenBy(inTokens, holding(LOCKED.plus(tokens).plus(tokens)))).containsExactly(rule);
        assertThat(LockRules.brokenBy(AGREED, holding(LOCKED.plus(tokens)))).containsExactly(rule);
    }

    @Test
    void theCollateralReturnMustBe0OrEnoughForAnOutput() {
        assertThat(LockRules.brokenBy(AGREED, returning(0))).isEmpty();
        assertThat(LockRules.brokenBy(AGREED, returning(1_435_230))).isEmpty();
        assertThat(LockRules.brokenBy(AGREED, returning(1_435_229)))
                .containsExactly("The collateral return of 1435229 lovelace is neither 0 nor at least 1435230");
        assertThat(LockRules.brokenBy(AGREED, returning(-1))).isNotEmpty();
    }

    @Test
    void theCollateralReturnMustNotExceedTheLockedLovelace() {
        AgreedTerms nothing = new AgreedTerms(SELLER, BUYER, INPUT_HASH, TIMES, Funds.NONE);

        assertThat(LockRules.brokenBy(nothing, returning(6_500_000))).isEmpty();
        assertThat(LockRules.brokenBy(nothing, returning(6_500_001)))
                .contains("The collateral return of 6500001 lovelace is more than the locked 6500000");
    }

    @Test
    void allBrokenRulesAreNamed() {
        EscrowDatum wrong = copy(datum(), BUYER, SELLER, COLLATERAL_RETURN, "00", RESULT_HASH, TIMES, 1, 1, OnChainState.ResultSubmitted);

        assertThat(LockRules.judge(AGREED, EscrowStatus.NOTHING_LOCKED, with(wrong)))
                .get().isInstanceOfSatisfying(ChainFact.Invalid.class, invalid -> assertThat(invalid.brokenRules()).hasSize(5));
    }

    private static void breaks(String rule, UnaryOperator<EscrowDatum> change) {
        assertThat(LockRules.brokenBy(AGREED, with(change.apply(datum())))).containsExactly(rule);
    }

    private static UnaryOperator<EscrowDatum> times(long payBy, long submitResult, long unlock, long dispute) {
        return d -> copy(d, BUYER, SELLER, COLLATERAL_RETURN, INPUT_HASH, "", new EscrowTimes(payBy, submitResult, unlock, dispute), 0, 0,
                OnChainState.FundsLocked);
    }

    private static LockObservation with(EscrowDatum datum) {
        return new LockObservation(output(1), datum, LOCKED, true, false, transaction(1, EscrowAction.Lock));
    }

    private static LockObservation holding(Funds value) {
        return new LockObservation(output(1), datum(), value, true, false, transaction(1, EscrowAction.Lock));
    }

    private static LockObservation returning(long collateral) {
        return with(copy(datum(), BUYER, SELLER, BigInteger.valueOf(collateral), INPUT_HASH, "", TIMES, 0, 0, OnChainState.FundsLocked));
    }

    private static LockObservation inBlockAt(long time) {
        return new LockObservation(output(1), datum(), LOCKED, true, false, transactionAt(1, EscrowAction.Lock, time));
    }

    private static EscrowDatum copy(EscrowDatum d, Participant buyer, Participant seller, BigInteger collateral, String inputHash,
            String resultHash, EscrowTimes times, long sellerCooldown, long buyerCooldown, OnChainState state) {
        return new EscrowDatum(buyer, seller, d.referenceKey(), d.referenceSignature(), d.sellerNonce(), d.buyerNonce(), collateral,
                inputHash, resultHash, times, sellerCooldown, buyerCooldown, state);
    }
}
