package io.masumi.node.devnet.rules;

import com.bloxbean.cardano.client.plutus.spec.BigIntPlutusData;
import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import com.bloxbean.cardano.client.plutus.spec.PlutusScript;
import com.bloxbean.cardano.client.plutus.spec.PlutusV3Script;
import com.bloxbean.cardano.client.plutus.spec.RedeemerTag;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import com.bloxbean.cardano.client.transaction.spec.Value;
import io.masumi.node.devnet.TestScripts;
import io.masumi.node.devnet.chain.ChainTransaction;
import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.ScriptLanguage;
import io.masumi.node.devnet.ledger.TransactionRejected;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.math.BigInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Scripts run with their declared budget; what they say must be what the transaction claims. */
@Tag("slow")
class Phase2Test {
    private final LedgerFixture fixture = new LedgerFixture();
    private final Wallet wallet = fixture.wallet;

    @Test
    void allLanguagesRun() {
        BigIntPlutusData datum = com.bloxbean.cardano.client.plutus.spec.BigIntPlutusData.of(1);
        OutputReference v1 = fixture.lock(TestScripts.yesV1(), output -> output.setDatumHash(datum.getDatumHashAsBytes()));
        fixture.assertAccepted(spend(v1, Draft.UNITS).attach(TestScripts.yesV1()).datum(datum).bytes());
        fixture.assertAccepted(spend(fixture.lockInline(TestScripts.yesV2()), Draft.UNITS).attach(TestScripts.yesV2()).bytes());
        fixture.assertAccepted(spend(TestScripts.yes()).bytes());
    }

    @Test
    void aScriptIsFoundByReference() {
        PlutusV3Script script = TestScripts.yes();
        TransactionOutput output = new TransactionOutput(wallet.address(), Value.fromCoin(BigInteger.valueOf(5_000_000)));
        output.setScriptRef(script);
        OutputReference carrier = new OutputReference(
                fixture.ledger.submit(new Draft(wallet).spend(fixture.funds(), LedgerFixture.FUNDS).pay(output).bytes()), 0);
        fixture.assertAccepted(spend(fixture.lockInline(script), Draft.UNITS).refer(carrier).uses(ScriptLanguage.PLUTUS_V3).bytes());
    }

    @Test
    void aTransactionWhoseScriptFailsIsRefusedWhileItClaimsToBeValid() {
        Draft draft = spend(TestScripts.no());
        assertThat(fixture.failuresOf(draft.bytes())).containsExactly(LedgerFailure.ValidationTagMismatch);
    }

    @Test
    void aTransactionWhoseScriptFailsPaysWithItsCollateral() {
        OutputReference locked = fixture.lockInline(TestScripts.no());
        OutputReference collateral = fixture.funds();
        BigInteger taken = BigInteger.valueOf(3_000_000);
        TransactionOutput back = new TransactionOutput(wallet.address(), Value.fromCoin(LedgerFixture.FUNDS.subtract(taken)));
        byte[] failing = new Draft(wallet).spend(locked, LedgerFixture.SCRIPT_FUNDS).attach(TestScripts.no()).redeemer(RedeemerTag.Spend, 0)
                .collateral(collateral).body(body -> {
                    body.setCollateralReturn(back);
                    body.setTotalCollateral(taken);
                }).claimingInvalid().bytes();

        String id = fixture.ledger.submit(failing);
        fixture.ledger.makeBlock();

        fixture.ledger.read(state -> {
            ChainTransaction placed = state.transaction(id).orElseThrow();
            assertThat(placed.applied().valid()).isFalse();
            assertThat(state.find(locked)).isPresent();
            assertThat(state.find(collateral)).isEmpty();
            assertThat(state.find(new OutputReference(id, 0))).isEmpty();
            assertThat(state.find(new OutputReference(id, 1)).orElseThrow().value().lovelace())
                    .isEqualTo(LedgerFixture.FUNDS.subtract(taken));
            return null;
        });
    }

    @Test
    void aTransactionWhoseScriptsPassIsRefusedIfItClaimsToBeInvalid() {
        assertThat(fixture.failuresOf(spend(TestScripts.yes()).claimingInvalid().bytes()))
                .containsExactly(LedgerFailure.ValidationTagMismatch);
    }

    @Test
    void aPlutusV3ScriptReturnsUnit() {
        assertFails(spend(TestScripts.yesWithoutUnit()), "must return unit");
    }

    @Test
    void theDeclaredBudgetIsTheLimit() {
        ExUnits exact = new ExUnits(BigInteger.valueOf(500), BigInteger.valueOf(64_100));
        fixture.assertAccepted(spend(TestScripts.yes(), exact).bytes());
        assertFails(spend(TestScripts.yes(), new ExUnits(BigInteger.valueOf(499), BigInteger.valueOf(64_100))), "OutOfExBudget");
        assertFails(spend(TestScripts.yes(), new ExUnits(BigInteger.valueOf(500), BigInteger.valueOf(64_099))), "OutOfExBudget");
    }

    @Test
    void anEndlessScriptEndsWithItsBudget() {
        ExUnits most = new ExUnits(BigInteger.valueOf(14_000_000), BigInteger.valueOf(10_000_000_000L));
        assertFails(spend(TestScripts.endless(), most).fee(3_000_000), "OutOfExBudget");
    }

    /** A node counts the size of data only as far as the budget goes; the machine here would count for ever. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aScriptThatCannotEndIsGivenUp() {
        ExUnits most = new ExUnits(BigInteger.valueOf(14_000_000), BigInteger.valueOf(10_000_000_000L));
        assertFails(spend(TestScripts.doublingData(), most).fee(3_000_000), "");
        fixture.assertAccepted(spend(TestScripts.yes()).bytes());
        assertThat(fixture.ledger.makeBlock().transactions()).isNotEmpty();
    }

    @Test
    void plutusV3SeesNoLovelaceInTheMint() {
        PlutusV3Script script = TestScripts.exactlyOnePolicy();
        fixture.assertAccepted(new Draft(wallet).spend(fixture.funds(), LedgerFixture.FUNDS).attach(script).mint(policy(script), "01", 1)
                .redeemer(RedeemerTag.Mint, 0).collateral(fixture.funds()).bytes());
    }

    @Test
    void scriptsSeeTheTimeOfThisNetwork() {
        long slot = fixture.ledger.currentSlot();
        long time = fixture.genesis.zeroTime() + slot * 1000;
        assertThat(time).isEqualTo(fixture.clock.millis());
        fixture.assertAccepted(spend(TestScripts.beginsAt(time)).body(body -> body.setValidityStartInterval(slot)).bytes());
        assertFails(spend(TestScripts.beginsAt(time)).body(body -> body.setValidityStartInterval(slot - 1)), "EvaluationFailure");
    }

    private void assertFails(Draft draft, String reason) {
        byte[] bytes = draft.bytes();
        assertThatThrownBy(() -> fixture.ledger.submit(bytes))
                .isInstanceOfSatisfying(TransactionRejected.class,
                        rejected -> assertThat(rejected.failures()).containsExactly(LedgerFailure.ValidationTagMismatch))
                .hasMessageContaining(reason);
    }

    private Draft spend(PlutusScript script) {
        return spend(script, Draft.UNITS);
    }

    private Draft spend(PlutusScript script, ExUnits units) {
        return spend(fixture.lockInline(script), units).attach(script);
    }

    private Draft spend(OutputReference locked, ExUnits units) {
        return new Draft(wallet).spend(locked, LedgerFixture.SCRIPT_FUNDS).redeemer(RedeemerTag.Spend, 0, units)
                .collateral(fixture.funds());
    }

    private static String policy(PlutusScript script) {
        try {
            return script.getPolicyId();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
