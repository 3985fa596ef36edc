package io.masumi.node.devnet.rules;

import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import com.bloxbean.cardano.client.plutus.spec.BigIntPlutusData;
import com.bloxbean.cardano.client.plutus.spec.BytesPlutusData;
import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import com.bloxbean.cardano.client.plutus.spec.PlutusV2Script;
import com.bloxbean.cardano.client.plutus.spec.PlutusV3Script;
import com.bloxbean.cardano.client.plutus.spec.RedeemerTag;
import com.bloxbean.cardano.client.spec.NetworkId;
import com.bloxbean.cardano.client.transaction.spec.Asset;
import com.bloxbean.cardano.client.transaction.spec.MultiAsset;
import com.bloxbean.cardano.client.transaction.spec.TransactionBody;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import com.bloxbean.cardano.client.transaction.spec.Value;
import com.bloxbean.cardano.client.transaction.spec.VkeyWitness;
import com.bloxbean.cardano.client.transaction.spec.cert.StakeCredential;
import com.bloxbean.cardano.client.transaction.spec.cert.StakeRegistration;
import com.bloxbean.cardano.client.transaction.spec.script.NativeScript;
import com.bloxbean.cardano.client.transaction.spec.script.RequireTimeBefore;
import com.bloxbean.cardano.client.transaction.spec.script.ScriptAny;
import com.bloxbean.cardano.client.transaction.spec.script.ScriptPubkey;
import io.masumi.node.devnet.TestScripts;
import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.ScriptLanguage;
import io.masumi.node.devnet.ledger.TransactionDecoder;
import io.masumi.node.devnet.phase1.MinimumFee;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/** For each rule of phase 1: a transaction wrong in exactly that way, and the same one right. */
class Phase1RulesTest {
    private static final OutputReference NOWHERE = new OutputReference("00".repeat(32), 0);

    private final LedgerFixture fixture = new LedgerFixture();
    private final Wallet wallet = fixture.wallet;
    private final Wallet other = fixture.other;

    // Inputs

    @Test
    void inputsMustExist() {
        fixture.assertOnlyWrongIn(LedgerFailure.BadInputsUTxO, fixture::payment, draft -> draft.spend(NOWHERE, BigInteger.ZERO));
    }

    @Test
    void referenceInputsMustExist() {
        fixture.assertOnlyWrongIn(LedgerFailure.BadInputsUTxO, fixture::payment, draft -> draft.refer(NOWHERE));
    }

    @Test
    void collateralInputsMustExist() {
        fixture.assertOnlyWrongIn(LedgerFailure.BadInputsUTxO, this::scriptSpend, draft -> draft.collateral(NOWHERE));
    }

    @Test
    void anInputSpentInTheMempoolIsGone() {
        OutputReference funds = fixture.funds();
        fixture.assertAccepted(new Draft(wallet).spend(funds, LedgerFixture.FUNDS).pay(other.address(), 2_000_000).bytes());
        fixture.assertOnlyWrongIn(LedgerFailure.BadInputsUTxO, fixture::payment, draft -> draft.spend(funds, LedgerFixture.FUNDS));
    }

    @Test
    void theSameTransactionAgainHasOnlySpentInputs() {
        byte[] payment = fixture.payment().bytes();
        fixture.assertAccepted(payment);
        assertThat(fixture.failuresOf(payment)).containsExactly(LedgerFailure.ConwayMempoolFailure);
        fixture.ledger.makeBlock();
        assertThat(fixture.failuresOf(payment)).containsExactly(LedgerFailure.ConwayMempoolFailure);
    }

    @Test
    void atLeastOneInput() {
        assertThat(fixture.failuresOf(new Draft(wallet).bytes())).contains(LedgerFailure.InputSetEmptyUTxO);
    }

    @Test
    void anOutputIsNotBothSpentAndReferredTo() {
        LedgerFixture version10 = new LedgerFixture(ProtocolParameters.preprod(10));
        OutputReference funds = version10.funds();
        version10.assertOnlyWrongIn(LedgerFailure.BabbageNonDisjointRefInputs,
                () -> new Draft(version10.wallet).spend(funds, LedgerFixture.FUNDS), draft -> draft.refer(funds));
    }

    @Test
    void fromVersion11OnThatHoldsForPlutusV3Only() {
        OutputReference funds = fixture.funds();
        fixture.assertAccepted(new Draft(wallet).spend(funds, LedgerFixture.FUNDS).refer(funds).bytes());
        OutputReference beside = fixture.funds();
        OutputReference locked = fixture.lockInline(TestScripts.yes());
        fixture.assertOnlyWrongIn(LedgerFailure.BadTranslation,
                () -> new Draft(wallet).spend(locked, LedgerFixture.SCRIPT_FUNDS).spend(beside, LedgerFixture.FUNDS)
                        .attach(TestScripts.yes()).redeemer(RedeemerTag.Spend, indexOf(locked, beside)).collateral(fixture.funds()),
                draft -> draft.refer(beside));
    }

    private static int indexOf(OutputReference wanted, OutputReference other) {
        return wanted.transactionId().compareTo(other.transactionId()) < 0 ? 0 : 1;
    }

    // Values, fees, sizes

    @Test
    void lovelaceIsConserved() {
        fixture.assertOnlyWrongIn(LedgerFailure.ValueNotConservedUTxO, fixture::payment, draft -> draft.body(body -> {
            TransactionOutput change = body.getOutputs().getLast();
            change.setValue(change.getValue().addCoin(BigInteger.ONE));
        }));
    }

    @Test
    void assetsAreConserved() {
        fixture.assertOnlyWrongIn(LedgerFailure.ValueNotConservedUTxO, () -> nativeMint(signature(), 5), draft -> draft.body(body -> {
            TransactionOutput change = body.getOutputs().getLast();
            change.setValue(change.getValue().add(policy(signature()), "0x01", BigInteger.ONE));
        }));
    }

    @Test
    void assetsThatAreNotThereCannotBeBurnt() {
        fixture.assertOnlyWrongIn(LedgerFailure.ValueNotConservedUTxO, () -> nativeMint(signature(), 5), draft -> draft.body(body -> {
            body.setMint(List.of(MultiAsset.builder().policyId(policy(signature()))
                    .assets(List.of(Asset.builder().name("0x01").value(BigInteger.valueOf(-5)).build())).build()));
            body.getOutputs().getLast().getValue().setMultiAssets(new ArrayList<>());
        }));
    }

    /** A node's decoder reads what an output holds of a token as a number of 64 bits without a sign. */
    @Test
    void anOutputHoldsNoMoreOfATokenThanAWordOf64Bits() {
        BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
        assertThat(fixture.failuresOf(merged(most, most, BigInteger.TWO).bytes())).containsExactly(LedgerFailure.DecoderFailure);
        fixture.assertAccepted(merged(most, most, BigInteger.ONE).bytes());
    }

    /** Spends outputs with so much of a token; all of it goes into one output of change. */
    private Draft merged(BigInteger... quantities) {
        Draft draft = new Draft(wallet);
        for (BigInteger quantity : quantities) {
            String minted = fixture.ledger.submit(nativeMint(signature(), quantity.longValueExact()).bytes());
            draft.spend(new OutputReference(minted, 0),
                    Value.from(policy(signature()), "0x01", quantity).addCoin(BigInteger.valueOf(5_000_000)));
        }
        return draft;
    }

    @Test
    void theFeeCoversTheSize() {
        long minimum = minimumFee(fixture.payment().fee(200_000).bytes(), 0);
        fixture.assertOnlyWrongIn(LedgerFailure.FeeTooSmallUTxO, () -> fixture.payment().fee(minimum),
                draft -> draft.fee(minimum - 1));
    }

    @Test
    void theFeeCoversTheExecutionUnits() {
        long minimum = minimumFee(scriptSpend().fee(300_000).bytes(), 0);
        assertThat(minimum).isGreaterThan(minimumFee(fixture.payment().fee(300_000).bytes(), 0) + 577 + 721);
        fixture.assertOnlyWrongIn(LedgerFailure.FeeTooSmallUTxO, () -> scriptSpend().fee(minimum), draft -> draft.fee(minimum - 1));
    }

    @Test
    void theFeeCoversReferenceScripts() {
        OutputReference carrier = referenceScript(bigNativeScript(400));
        int bytes = scriptBytes(bigNativeScript(400));
        long minimum = minimumFee(fixture.payment().refer(carrier).fee(600_000).bytes(), bytes);
        fixture.assertOnlyWrongIn(LedgerFailure.FeeTooSmallUTxO, () -> fixture.payment().refer(carrier).fee(minimum),
                draft -> draft.fee(minimum - 1));
    }

    @Test
    void referenceScriptsCostMoreTheMoreThereAre() {
        MinimumFee fee = new MinimumFee(ProtocolParameters.preprod());
        ExUnits none = new ExUnits(BigInteger.ZERO, BigInteger.ZERO);
        assertThat(fee.of(0, none, 0)).isEqualTo(155_381);
        assertThat(fee.of(0, none, 25_599)).isEqualTo(155_381 + 25_599 * 15);
        assertThat(fee.of(0, none, 25_600)).isEqualTo(155_381 + 25_600 * 15);
        assertThat(fee.of(0, none, 25_601)).isEqualTo(155_381 + 25_600 * 15 + 18);
        assertThat(fee.of(0, none, 60_000)).isEqualTo(155_381 + 25_600 * 15 + 25_600 * 18 + (60_000 - 51_200) * 216 / 10);
    }

    @Test
    void aTransactionHasAtMost16384Bytes() {
        fixture.assertOnlyWrongIn(LedgerFailure.MaxTxSizeUTxO, () -> withMetadata(240), draft -> setMetadata(draft, 256));
    }

    @Test
    void aTransactionHasExactlyAsManyBytesAsItMay() {
        // Without the validity flag, which a node does not count: the last text makes up what is missing.
        int rest = 16_384 + 1 - withMetadata(240, "").bytes().length;
        assertThat(rest).isBetween(100, 1000);
        int texts = 240 + rest / 64;
        int missing = 16_384 + 1 - withMetadata(texts, "").bytes().length;
        fixture.assertOnlyWrongIn(LedgerFailure.MaxTxSizeUTxO, () -> withMetadata(texts, "x".repeat(missing)),
                draft -> setMetadata(draft, texts, "x".repeat(missing + 1)));
    }

    @Test
    void executionUnitsAreLimited() {
        ExUnits most = new ExUnits(BigInteger.valueOf(14_000_000), BigInteger.valueOf(10_000_000_000L));
        ExUnits tooMuchMemory = new ExUnits(most.getMem().add(BigInteger.ONE), most.getSteps());
        ExUnits tooManySteps = new ExUnits(most.getMem(), most.getSteps().add(BigInteger.ONE));
        for (ExUnits units : List.of(tooMuchMemory, tooManySteps)) {
            fixture.assertOnlyWrongIn(LedgerFailure.ExUnitsTooBigUTxO, () -> scriptSpend().fee(3_000_000).body(body -> {}),
                    draft -> draft.transaction.getWitnessSet().getRedeemers().getFirst().setExUnits(units));
        }
    }

    @Test
    void executionUnitsOfAllRedeemersCountTogether() {
        ExUnits half = new ExUnits(BigInteger.valueOf(7_000_000), BigInteger.valueOf(5_000_000_000L));
        ExUnits more = new ExUnits(half.getMem().add(BigInteger.ONE), half.getSteps());
        fixture.assertOnlyWrongIn(LedgerFailure.ExUnitsTooBigUTxO, () -> twoScripts(half).fee(3_000_000),
                draft -> draft.transaction.getWitnessSet().getRedeemers().getLast().setExUnits(more));
    }

    @Test
    void referenceScriptsOfATransactionAreLimited() {
        List<OutputReference> carriers = new ArrayList<>();
        NativeScript script = bigNativeScript(480);
        int each = scriptBytes(script);
        int allowed = ProtocolParameters.MAX_REFERENCE_SCRIPTS_PER_TRANSACTION / each;
        for (int i = 0; i <= allowed; i++) {
            carriers.add(referenceScript(script));
        }
        fixture.assertOnlyWrongIn(LedgerFailure.ConwayTxRefScriptsSizeTooBig, () -> {
            Draft draft = fixture.payment().fee(20_000_000);
            carriers.subList(0, allowed).forEach(draft::refer);
            return draft;
        }, draft -> draft.refer(carriers.getLast()));
    }

    @Test
    void anOutputHoldsItsMinimum() {
        TransactionOutput output = new TransactionOutput(other.address(), Value.fromCoin(BigInteger.valueOf(5_000_000)));
        long minimum = 4310L * (160 + encodedSize(output));
        fixture.assertOnlyWrongIn(LedgerFailure.BabbageOutputTooSmallUTxO,
                () -> new Draft(wallet).spend(fixture.funds(), LedgerFixture.FUNDS).pay(other.address(), minimum), draft -> {
                    draft.transaction.getBody().getOutputs().clear();
                    draft.pay(other.address(), minimum - 1);
                });
    }

    @Test
    void theCollateralReturnHoldsItsMinimum() {
        fixture.assertOnlyWrongIn(LedgerFailure.BabbageOutputTooSmallUTxO,
                () -> scriptSpend().body(body -> body.setCollateralReturn(ada(wallet.address(), 5_000_000))),
                draft -> draft.body(body -> body.setCollateralReturn(ada(wallet.address(), 500_000))));
    }

    @Test
    void theValueOfAnOutputHasAtMost5000Bytes() {
        fixture.assertOnlyWrongIn(LedgerFailure.OutputTooBigUTxO, () -> manyAssets(130), draft -> addAssets(draft, 130, 150));
    }

    // Time and network

    @Test
    void theUpperBoundIsExclusive() {
        long slot = fixture.ledger.currentSlot();
        fixture.assertOnlyWrongIn(LedgerFailure.OutsideValidityIntervalUTxO, () -> fixture.payment().body(body -> body.setTtl(slot + 1)),
                draft -> draft.body(body -> body.setTtl(slot)));
    }

    @Test
    void theLowerBoundIsInclusive() {
        long slot = fixture.ledger.currentSlot();
        fixture.assertOnlyWrongIn(LedgerFailure.OutsideValidityIntervalUTxO,
                () -> fixture.payment().body(body -> body.setValidityStartInterval(slot)),
                draft -> draft.body(body -> body.setValidityStartInterval(slot + 1)));
    }

    @Test
    void scriptsAreNotShownTimesBeyondTheForecast() {
        long end = fixture.ledger.slots().forecastEnd(0);
        fixture.assertOnlyWrongIn(LedgerFailure.OutsideForecast, () -> scriptSpend().body(body -> body.setTtl(end)),
                draft -> draft.body(body -> body.setTtl(end + 1)));
        fixture.assertAccepted(fixture.payment().body(body -> body.setTtl(end + 1)).bytes());
    }

    @Test
    void addressesBelongToThisNetwork() {
        fixture.assertOnlyWrongIn(LedgerFailure.WrongNetwork, fixture::payment, draft -> draft.pay(other.mainnetAddress(), 2_000_000));
    }

    @Test
    void theCollateralReturnBelongsToThisNetwork() {
        fixture.assertOnlyWrongIn(LedgerFailure.WrongNetwork,
                () -> scriptSpend().body(body -> body.setCollateralReturn(ada(wallet.address(), 5_000_000))),
                draft -> draft.body(body -> body.setCollateralReturn(ada(wallet.mainnetAddress(), 5_000_000))));
    }

    @Test
    void theBodyNamesThisNetwork() {
        fixture.assertOnlyWrongIn(LedgerFailure.WrongNetworkInTxBody,
                () -> fixture.payment().body(body -> body.setNetworkId(NetworkId.TESTNET)),
                draft -> draft.body(body -> body.setNetworkId(NetworkId.MAINNET)));
    }

    // Signatures

    @Test
    void signaturesVerify() {
        fixture.assertOnlyWrongIn(LedgerFailure.InvalidWitnessesUTXOW, fixture::payment,
                draft -> draft.afterSigning(signed -> signed.getWitnessSet().getVkeyWitnesses().getFirst().getSignature()[5] ^= 1));
    }

    @Test
    void signaturesAreForThisBody() {
        fixture.assertOnlyWrongIn(LedgerFailure.InvalidWitnessesUTXOW, fixture::payment,
                draft -> draft.afterSigning(signed -> signed.getBody().setTtl(signed.getBody().getTtl() + 500_000)));
    }

    /** Adding the group's order to the scalar gives a second signature that the plain equation accepts. */
    @Test
    void signaturesHaveOneFormOnly() {
        fixture.assertOnlyWrongIn(LedgerFailure.InvalidWitnessesUTXOW, fixture::payment, draft -> draft.afterSigning(signed -> {
            byte[] signature = signed.getWitnessSet().getVkeyWitnesses().getFirst().getSignature();
            BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
            byte[] scalar = reversed(Arrays.copyOfRange(signature, 32, 64));
            byte[] sum = new BigInteger(1, scalar).add(order).toByteArray();
            byte[] padded = new byte[32];
            System.arraycopy(sum, 0, padded, 32 - sum.length, sum.length);
            System.arraycopy(reversed(padded), 0, signature, 32, 32);
        }));
    }

    /** Under the neutral element as key, one signature of nothing fits every message. */
    @Test
    void keysOfSmallOrderSignNothing() {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        byte[] signature = new byte[64];
        signature[0] = 1;
        fixture.assertOnlyWrongIn(LedgerFailure.InvalidWitnessesUTXOW, fixture::payment,
                draft -> draft.afterSigning(signed -> signed.getWitnessSet().getVkeyWitnesses().add(new VkeyWitness(neutral, signature))));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    @Test
    void theOwnerOfAnInputSigns() {
        fixture.assertOnlyWrongIn(LedgerFailure.MissingVKeyWitnessesUTXOW, fixture::payment, draft -> draft.signedBy(other));
    }

    @Test
    void theOwnerOfCollateralSigns() {
        OutputReference foreign = fixture.funds(other.address());
        fixture.assertOnlyWrongIn(LedgerFailure.MissingVKeyWitnessesUTXOW,
                () -> scriptSpend().collateral(foreign).signedBy(wallet, other), draft -> draft.signedBy(wallet));
    }

    @Test
    void requiredSignersSign() {
        fixture.assertOnlyWrongIn(LedgerFailure.MissingVKeyWitnessesUTXOW,
                () -> fixture.payment().body(body -> body.getRequiredSigners().add(other.keyHash())).signedBy(wallet, other),
                draft -> draft.signedBy(wallet));
    }

    // Scripts and redeemers

    @Test
    void neededScriptsAreGiven() {
        fixture.assertOnlyWrongIn(LedgerFailure.MissingScriptWitnessesUTXOW, () -> nativeMint(signature(), 1),
                draft -> draft.transaction.getWitnessSet().getNativeScripts().clear());
    }

    @Test
    void noOtherScriptsAreGiven() {
        fixture.assertOnlyWrongIn(LedgerFailure.ExtraneousScriptWitnessesUTXOW, fixture::payment, draft -> draft.attach(signature()));
    }

    @Test
    void aScriptGivenByReferenceIsNotGivenAgain() {
        PlutusV3Script script = TestScripts.yes();
        OutputReference carrier = referenceScript(script);
        OutputReference locked = fixture.lockInline(script);
        fixture.assertOnlyWrongIn(LedgerFailure.ExtraneousScriptWitnessesUTXOW,
                () -> new Draft(wallet).spend(locked, LedgerFixture.SCRIPT_FUNDS).refer(carrier).uses(ScriptLanguage.PLUTUS_V3)
                        .redeemer(RedeemerTag.Spend, 0).collateral(fixture.funds()),
                draft -> draft.attach(script));
    }

    @Test
    void nativeScriptsAgreeToTheTime() {
        long slot = fixture.ledger.currentSlot();
        RequireTimeBefore lock = new RequireTimeBefore(slot + 100);
        fixture.assertOnlyWrongIn(LedgerFailure.ScriptWitnessNotValidatingUTXOW,
                () -> nativeMint(lock, 1).body(body -> body.setTtl(slot + 100)), draft -> draft.body(body -> body.setTtl(slot + 101)));
    }

    @Test
    void nativeScriptsAgreeToTheSigners() {
        ScriptPubkey byOther = new ScriptPubkey(HexFormat.of().formatHex(other.keyHash()));
        fixture.assertOnlyWrongIn(LedgerFailure.ScriptWitnessNotValidatingUTXOW, () -> nativeMint(byOther, 1).signedBy(wallet, other),
                draft -> draft.signedBy(wallet));
    }

    @Test
    void scriptsInTheWitnessSetAreWellFormed() {
        PlutusV3Script garbage = PlutusV3Script.builder().cborHex("46450102030405").build();
        assertThat(fixture.failuresOf(plutusMint(garbage).bytes())).containsExactly(LedgerFailure.MalformedScriptWitnesses);
        fixture.assertAccepted(plutusMint(TestScripts.yes()).bytes());
    }

    @Test
    void aNewProgramVersionIsClosedToOldLanguages() {
        PlutusV2Script modern = com.bloxbean.cardano.client.plutus.spec.PlutusV2Script.builder().cborHex(TestScripts.yes().getCborHex())
                .build();
        assertThat(fixture.failuresOf(plutusMint(modern).bytes())).containsExactly(LedgerFailure.MalformedScriptWitnesses);
        fixture.assertAccepted(plutusMint(TestScripts.yesToMintV2()).bytes());
    }

    @Test
    void referenceScriptsAreWellFormed() {
        PlutusV3Script garbage = PlutusV3Script.builder().cborHex("46450102030405").build();
        TransactionOutput output = ada(other.address(), 5_000_000);
        fixture.assertOnlyWrongIn(LedgerFailure.MalformedReferenceScripts, fixture::payment, draft -> {
            output.setScriptRef(garbage);
            draft.pay(output);
        });
        TransactionOutput right = ada(other.address(), 5_000_000);
        right.setScriptRef(TestScripts.yes());
        fixture.assertAccepted(fixture.payment().pay(right).bytes());
    }

    @Test
    void everyScriptHasARedeemer() {
        fixture.assertOnlyWrongIn(LedgerFailure.MissingRedeemers,
                () -> twoScripts(Draft.UNITS),
                draft -> draft.transaction.getWitnessSet().getRedeemers().removeLast());
    }

    @Test
    void everyRedeemerHasAScript() {
        fixture.assertOnlyWrongIn(LedgerFailure.ExtraRedeemers, this::scriptSpend, draft -> draft.redeemer(RedeemerTag.Mint, 0));
    }

    @Test
    void theScriptDataHashCoversTheRedeemers() {
        fixture.assertOnlyWrongIn(LedgerFailure.PPViewHashesDontMatch, this::scriptSpend,
                draft -> draft.beforeSigning(
                        transaction -> transaction.getWitnessSet().getRedeemers().getFirst().setData(BigIntPlutusData.of(7))));
    }

    @Test
    void theScriptDataHashCoversTheDatums() {
        TransactionOutput mentioned = ada(other.address(), 2_000_000);
        mentioned.setDatumHash(BigIntPlutusData.of(9).getDatumHashAsBytes());
        fixture.assertOnlyWrongIn(LedgerFailure.PPViewHashesDontMatch, () -> scriptSpend().pay(mentioned).datum(BigIntPlutusData.of(9)),
                draft -> draft.beforeSigning(transaction -> transaction.getWitnessSet().getPlutusDataList().clear()));
    }

    @Test
    void theScriptDataHashCoversTheCostModelsInUseOnly() {
        fixture.assertOnlyWrongIn(LedgerFailure.PPViewHashesDontMatch, this::scriptSpend,
                draft -> draft.uses(ScriptLanguage.PLUTUS_V2));
    }

    @Test
    void theScriptDataHashCoversTheCostModelAsLongAsItIs() {
        for (Integer version : List.of(10, 11)) {
            LedgerFixture chain = new LedgerFixture(ProtocolParameters.preprod(version));
            OutputReference locked = chain.lockInline(TestScripts.yes());
            assertThat(chain.parameters.costModels().get(ScriptLanguage.PLUTUS_V3)).hasSize(version == 10 ? 297 : 350);
            chain.assertOnlyWrongIn(LedgerFailure.PPViewHashesDontMatch,
                    () -> new Draft(chain.wallet).at(chain.parameters).spend(locked, LedgerFixture.SCRIPT_FUNDS)
                            .attach(TestScripts.yes()).redeemer(RedeemerTag.Spend, 0).collateral(chain.funds()),
                    draft -> draft.at(ProtocolParameters.preprod(21 - version)));
        }
    }

    @Test
    void theScriptDataHashIsThereOnlyWithScripts() {
        fixture.assertOnlyWrongIn(LedgerFailure.PPViewHashesDontMatch, fixture::payment,
                draft -> draft.body(body -> body.setScriptDataHash(new byte[32])));
    }

    @Test
    void plutusV1KnowsNoInlineDatums() {
        PlutusData hashed = PlutusData.unit();
        OutputReference locked = fixture.lock(TestScripts.yesV1(), output -> output.setDatumHash(hashed.getDatumHashAsBytes()));
        fixture.assertOnlyWrongIn(LedgerFailure.BadTranslation,
                () -> new Draft(wallet).spend(locked, LedgerFixture.SCRIPT_FUNDS).attach(TestScripts.yesV1()).datum(hashed)
                        .redeemer(RedeemerTag.Spend, 0).collateral(fixture.funds()),
                draft -> {
                    TransactionOutput output = ada(other.address(), 2_000_000);
                    output.setInlineDatum(PlutusData.unit());
                    draft.pay(output);
                });
    }

    @Test
    void plutusV1KnowsNoReferenceInputsOrScripts() {
        PlutusData hashed = PlutusData.unit();
        OutputReference locked = fixture.lock(TestScripts.yesV1(), output -> output.setDatumHash(hashed.getDatumHashAsBytes()));
        OutputReference referred = fixture.funds();
        Supplier<Draft> right = () -> new Draft(wallet).spend(locked, LedgerFixture.SCRIPT_FUNDS).attach(TestScripts.yesV1()).datum(hashed)
                .redeemer(RedeemerTag.Spend, 0).collateral(fixture.funds());
        TransactionOutput carrier = ada(other.address(), 5_000_000);
        carrier.setScriptRef(signature());
        assertThat(fixture.failuresOf(right.get().refer(referred).bytes())).containsExactly(LedgerFailure.BadTranslation);
        fixture.assertOnlyWrongIn(LedgerFailure.BadTranslation, right, draft -> draft.pay(carrier));
    }

    // Datums

    @Test
    void plutusV2NeedsADatum() {
        OutputReference bare = fixture.lock(TestScripts.yesV2(), output -> {});
        assertThat(fixture.failuresOf(spend(bare).attach(TestScripts.yesV2()).bytes()))
                .containsExactly(LedgerFailure.UnspendableUTxONoDatumHash);
        fixture.assertAccepted(spend(fixture.lockInline(TestScripts.yesV2())).attach(TestScripts.yesV2()).bytes());
    }

    @Test
    void plutusV3NeedsNoDatum() {
        OutputReference bare = fixture.lock(TestScripts.yes(), output -> {});
        fixture.assertAccepted(spend(bare).attach(TestScripts.yes()).bytes());
    }

    @Test
    void theDatumOfAHashIsGiven() {
        BigIntPlutusData datum = BigIntPlutusData.of(3);
        OutputReference locked = fixture.lock(TestScripts.yes(), output -> output.setDatumHash(datum.getDatumHashAsBytes()));
        fixture.assertOnlyWrongIn(LedgerFailure.MissingRequiredDatums, () -> spend(locked).attach(TestScripts.yes()).datum(datum),
                draft -> draft.transaction.getWitnessSet().getPlutusDataList().clear());
    }

    @Test
    void noOtherDatumsAreGiven() {
        fixture.assertOnlyWrongIn(LedgerFailure.NotAllowedSupplementalDatums, this::scriptSpend,
                draft -> draft.datum(BigIntPlutusData.of(9)));
        TransactionOutput mentioned = ada(other.address(), 2_000_000);
        mentioned.setDatumHash(BigIntPlutusData.of(9).getDatumHashAsBytes());
        fixture.assertAccepted(scriptSpend().pay(mentioned).datum(BigIntPlutusData.of(9)).bytes());
    }

    // Collateral

    @Test
    void scriptsNeedCollateral() {
        fixture.assertOnlyWrongIn(LedgerFailure.NoCollateralInputs, this::scriptSpend,
                draft -> draft.transaction.getBody().getCollateral().clear());
    }

    @Test
    void atMostThreeCollateralInputs() {
        fixture.assertOnlyWrongIn(LedgerFailure.TooManyCollateralInputs, () -> scriptSpend().collateral(fixture.funds(), fixture.funds()),
                draft -> draft.collateral(fixture.funds()));
    }

    @Test
    void collateralIsUnderAKey() {
        OutputReference underScript = fixture.lockInline(TestScripts.yes());
        fixture.assertOnlyWrongIn(LedgerFailure.ScriptsNotPaidUTxO, this::scriptSpend, draft -> draft.collateral(underScript));
    }

    @Test
    void assetsInCollateralAreReturned() {
        byte[] mint = nativeMint(signature(), 5).bytes();
        OutputReference withAssets = new OutputReference(fixture.ledger.submit(mint), 0);
        Value value = Value.from(policy(signature()), "0x01", BigInteger.valueOf(5)).addCoin(BigInteger.valueOf(5_000_000));
        fixture.assertOnlyWrongIn(LedgerFailure.CollateralContainsNonADA,
                () -> scriptSpend().collateral(withAssets)
                        .body(body -> body.setCollateralReturn(new TransactionOutput(wallet.address(), value))),
                draft -> draft.body(body -> body.setCollateralReturn(null)));
    }

    @Test
    void collateralIsOneAndAHalfFees() {
        BigInteger exact = BigInteger.valueOf(1_500_000);
        fixture.assertOnlyWrongIn(LedgerFailure.InsufficientCollateral, () -> scriptSpendWith(fixture.funds(wallet.address(), exact)),
                draft -> {
                    draft.transaction.getBody().getCollateral().clear();
                    draft.collateral(fixture.funds(wallet.address(), exact.subtract(BigInteger.ONE)));
                });
    }

    @Test
    void theStatedTotalCollateralIsTheCollateral() {
        fixture.assertOnlyWrongIn(LedgerFailure.IncorrectTotalCollateralField,
                () -> scriptSpend().body(body -> body.setTotalCollateral(LedgerFixture.FUNDS)),
                draft -> draft.body(body -> body.setTotalCollateral(LedgerFixture.FUNDS.add(BigInteger.ONE))));
    }

    // Auxiliary data

    @Test
    void auxiliaryDataIsHashedInTheBody() {
        byte[] metadata = metadata("hello");
        fixture.assertOnlyWrongIn(LedgerFailure.MissingTxBodyMetadataHash,
                () -> fixture.payment().auxiliaryData(metadata)
                        .body(body -> body.setAuxiliaryDataHash(Blake2bUtil.blake2bHash256(metadata))),
                draft -> draft.body(body -> body.setAuxiliaryDataHash(null)));
    }

    @Test
    void hashedAuxiliaryDataIsThere() {
        fixture.assertOnlyWrongIn(LedgerFailure.MissingTxMetadata, fixture::payment,
                draft -> draft.body(body -> body.setAuxiliaryDataHash(Blake2bUtil.blake2bHash256(metadata("hello")))));
    }

    @Test
    void theHashIsThatOfTheAuxiliaryData() {
        byte[] metadata = metadata("hello");
        fixture.assertOnlyWrongIn(LedgerFailure.ConflictingMetadataHash,
                () -> fixture.payment().auxiliaryData(metadata)
                        .body(body -> body.setAuxiliaryDataHash(Blake2bUtil.blake2bHash256(metadata))),
                draft -> draft.auxiliaryData(metadata("hullo")));
    }

    @Test
    void metadataStringsHaveAtMost64Bytes() {
        for (String character : List.of("x", "ä")) {
            int bytes = character.getBytes(StandardCharsets.UTF_8).length;
            fixture.assertOnlyWrongIn(LedgerFailure.InvalidMetadata, () -> withText(fixture.payment(), character.repeat(64 / bytes)),
                    draft -> withText(draft, character.repeat(64 / bytes + 1)));
        }
    }

    @Test
    void metadataBytesHaveAtMost64BytesHoweverDeepTheyAre() {
        for (String place : List.of("", "81", "a101", "a14163")) {
            String right = "a11902a2" + place + "5840" + "00".repeat(64);
            String wrong = "a11902a2" + place + "5841" + "00".repeat(65);
            fixture.assertOnlyWrongIn(LedgerFailure.InvalidMetadata, () -> withAuxiliaryData(fixture.payment(), right),
                    draft -> withAuxiliaryData(draft, wrong));
        }
        fixture.assertOnlyWrongIn(LedgerFailure.InvalidMetadata, () -> withAuxiliaryData(fixture.payment(), "a11902a2a1" + "5840"
                + "00".repeat(64) + "00"), draft -> withAuxiliaryData(draft, "a11902a2a1" + "5841" + "00".repeat(65) + "00"));
    }

    @Test
    void auxiliaryDataHasOneOfThreeShapesAndNoScripts() {
        for (String right : List.of("a11902a200", "82a11902a20080", "d90103a100a11902a200")) {
            fixture.assertAccepted(withAuxiliaryData(fixture.payment(), right).bytes());
        }
        fixture.assertOnlyWrongIn(LedgerFailure.DecoderFailure, fixture::payment, draft -> withAuxiliaryData(draft, "d90104a100a0"));
        for (String withScript : List.of("82a0818200581c" + "00".repeat(28), "d90103a101818200581c" + "00".repeat(28))) {
            fixture.assertOnlyWrongIn(LedgerFailure.UnsupportedByDevelopmentNetwork, fixture::payment,
                    draft -> withAuxiliaryData(draft, withScript));
        }
    }

    // Encoding

    @Test
    void outputsAndWitnessesHaveKnownKeysOnly() {
        String address = HexFormat.of().formatHex(new com.bloxbean.cardano.client.address.Address(other.address()).getBytes());
        String right = "82581d" + address + "1a001e8480";
        assertThat(fixture.failuresOf(withOutput(right, "a200581d" + address + "011a001e8480")))
                .containsExactly(LedgerFailure.InvalidWitnessesUTXOW);
        for (String wrong : List.of("a300581d" + address + "011a001e84800400", "a300581d" + address + "011a001e8480011a001e8480")) {
            assertThat(fixture.failuresOf(withOutput(right, wrong))).containsExactly(LedgerFailure.DecoderFailure);
        }
        fixture.assertOnlyWrongIn(LedgerFailure.DecoderFailure, fixture::payment, draft -> draft.encoded(bytes -> {
            int witnesses = HexFormat.of().formatHex(bytes).indexOf("a100d9010281825820") / 2;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, witnesses);
            out.write(0xa2);
            out.write(bytes, witnesses + 1, bytes.length - witnesses - 3);
            out.writeBytes(new byte[]{0x08, (byte) 0x80, (byte) 0xf5, (byte) 0xf6});
            return out.toByteArray();
        }));
    }

    /** The signature is wrong then, but bytes that cannot be read come first. */
    private byte[] withOutput(String right, String wrong) {
        String payment = HexFormat.of().formatHex(fixture.payment().bytes());
        assertThat(payment).contains(right);
        return HexFormat.of().parseHex(payment.replace(right, wrong));
    }

    @Test
    void plutusDataIsWhatANodeReads() {
        BytesPlutusData wide = new com.bloxbean.cardano.client.plutus.spec.BytesPlutusData(new byte[65]);
        TransactionOutput output = ada(other.address(), 5_000_000);
        output.setInlineDatum(wide);
        byte[] right = fixture.payment().pay(output).bytes();
        fixture.assertAccepted(right);
        String chunks = "5f5840" + "00".repeat(64) + "4100ff";
        String hex = HexFormat.of().formatHex(fixture.payment().pay(output).bytes());
        assertThat(hex).contains("5846" + chunks);
        for (String wrong : List.of("5843" + "5841" + "00".repeat(65), "5847" + "c5" + chunks)) {
            String content = wrong.substring(4);
            String sized = "58" + String.format("%02x", content.length() / 2) + content;
            assertThat(fixture.failuresOf(HexFormat.of().parseHex(hex.replace("5846" + chunks, sized))))
                    .containsExactly(LedgerFailure.DecoderFailure);
        }
    }

    @Test
    void whatIsTooLongToBeATransactionIsNotRead() {
        assertThat(fixture.failuresOf(new byte[200_000])).containsExactly(LedgerFailure.DecoderFailure);
    }

    @Test
    void bytesAreExactlyOneTransaction() {
        fixture.assertOnlyWrongIn(LedgerFailure.DecoderFailure, fixture::payment,
                draft -> draft.encoded(bytes -> Arrays.copyOf(bytes, bytes.length + 1)));
        fixture.assertOnlyWrongIn(LedgerFailure.DecoderFailure, fixture::payment,
                draft -> draft.encoded(bytes -> Arrays.copyOf(bytes, bytes.length - 1)));
        assertThat(fixture.failuresOf(new byte[0])).containsExactly(LedgerFailure.DecoderFailure);
        assertThat(fixture.failuresOf("not a transaction".getBytes(StandardCharsets.UTF_8))).containsExactly(LedgerFailure.DecoderFailure);
    }

    @Test
    void deepNestingIsNotFollowed() {
        byte[] deep = new byte[16_000];
        Arrays.fill(deep, (byte) 0x81);
        assertThat(fixture.failuresOf(deep)).containsExactly(LedgerFailure.DecoderFailure);
    }

    @Test
    void setsHoldNoMemberTwice() {
        OutputReference funds = fixture.funds();
        fixture.assertOnlyWrongIn(LedgerFailure.DecoderFailure, () -> new Draft(wallet).spend(funds, LedgerFixture.FUNDS),
                draft -> draft.body(body -> body.setInputs(twice(funds))));
    }

    @Test
    void partsThatThisLedgerLacksAreRefusedByName() {
        fixture.assertOnlyWrongIn(LedgerFailure.UnsupportedByDevelopmentNetwork, fixture::payment,
                draft -> draft.body(body -> body.getCerts()
                        .add(new StakeRegistration(StakeCredential.fromKeyHash(wallet.keyHash())))));
    }

    // What the tests above are made of

    private Draft scriptSpend() {
        return scriptSpendWith(fixture.funds());
    }

    private Draft scriptSpendWith(OutputReference collateral) {
        return new Draft(wallet).spend(fixture.lockInline(TestScripts.yes()), LedgerFixture.SCRIPT_FUNDS).attach(TestScripts.yes())
                .redeemer(RedeemerTag.Spend, 0).collateral(collateral);
    }

    private Draft twoScripts(ExUnits units) {
        return new Draft(wallet).spend(fixture.lockInline(TestScripts.yes()), LedgerFixture.SCRIPT_FUNDS).attach(TestScripts.yes())
                .redeemer(RedeemerTag.Spend, 0, units).attach(TestScripts.anotherYes()).mint(policy(TestScripts.anotherYes()), "01", 1)
                .redeemer(RedeemerTag.Mint, 0, units).collateral(fixture.funds());
    }

    private Draft spend(OutputReference locked) {
        return new Draft(wallet).spend(locked, LedgerFixture.SCRIPT_FUNDS).redeemer(RedeemerTag.Spend, 0).collateral(fixture.funds());
    }

    private Draft plutusMint(com.bloxbean.cardano.client.plutus.spec.PlutusScript script) {
        return new Draft(wallet).spend(fixture.funds(), LedgerFixture.FUNDS).attach(script).mint(policy(script), "01", 1)
                .redeemer(RedeemerTag.Mint, 0).collateral(fixture.funds());
    }

    /** Mints to an output of 5 ada, which is the first. */
    private Draft nativeMint(NativeScript script, long quantity) {
        Value value = Value.from(policy(script), "0x01", BigInteger.valueOf(quantity)).addCoin(BigInteger.valueOf(5_000_000));
        return new Draft(wallet).spend(fixture.funds(), LedgerFixture.FUNDS).attach(script).mint(policy(script), "01", quantity)
                .pay(new TransactionOutput(wallet.address(), value));
    }

    private NativeScript signature() {
        return new ScriptPubkey(HexFormat.of().formatHex(wallet.keyHash()));
    }

    private static String policy(com.bloxbean.cardano.client.spec.Script script) {
        try {
            return script.getPolicyId();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Draft manyAssets(int count) {
        Draft draft = new Draft(wallet).spend(fixture.funds(), LedgerFixture.FUNDS).attach(signature()).fee(2_000_000);
        addAssets(draft, 0, count);
        return draft;
    }

    private void addAssets(Draft draft, int from, int to) {
        TransactionBody body = draft.transaction.getBody();
        List<Asset> assets = new ArrayList<>(body.getMint().isEmpty() ? List.of() : body.getMint().getFirst().getAssets());
        for (int i = from; i < to; i++) {
            assets.add(Asset.builder().name("0x" + String.format("%064x", i)).value(BigInteger.ONE).build());
        }
        body.setMint(new ArrayList<>(List.of(MultiAsset.builder().policyId(policy(signature())).assets(assets).build())));
    }

    private OutputReference referenceScript(com.bloxbean.cardano.client.spec.Script script) {
        TransactionOutput output = ada(wallet.address(), 100_000_000);
        output.setScriptRef(script);
        return new OutputReference(
                fixture.ledger.submit(new Draft(wallet).spend(fixture.funds(), LedgerFixture.FUNDS).pay(output).bytes()), 0);
    }

    private static NativeScript bigNativeScript(int keys) {
        ScriptAny any = new ScriptAny();
        for (int i = 0; i < keys; i++) {
            any.addScript(new ScriptPubkey(String.format("%056x", i)));
        }
        return any;
    }

    private static int scriptBytes(NativeScript script) {
        try {
            return script.serializeScriptBody().length;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long minimumFee(byte[] transaction, int referenceScriptBytes) {
        LedgerTransaction decoded = new TransactionDecoder().decode(transaction);
        return new MinimumFee(ProtocolParameters.preprod()).of(transaction.length - 1, decoded.declaredUnits(), referenceScriptBytes)
                .longValueExact();
    }

    private static TransactionOutput ada(String address, long lovelace) {
        return new TransactionOutput(address, Value.fromCoin(BigInteger.valueOf(lovelace)));
    }

    private static int encodedSize(TransactionOutput output) {
        try {
            return com.bloxbean.cardano.client.common.cbor.CborSerializationUtil.serialize(output.serialize()).length;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Draft withMetadata(int texts) {
        return setMetadata(fixture.payment(), texts);
    }

    private Draft withMetadata(int texts, String last) {
        return setMetadata(fixture.payment(), texts, last);
    }

    private static Draft setMetadata(Draft draft, int texts) {
        return setMetadata(draft, texts, "");
    }

    /** Texts of 62 bytes, 64 as CBOR, and a last one of at most 63 bytes. */
    private static Draft setMetadata(Draft draft, int texts, String last) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("a11902a2" + "99" + String.format("%04x", texts + 1)));
        for (int i = 0; i < texts; i++) {
            out.writeBytes(HexFormat.of().parseHex("783e" + "78".repeat(62)));
        }
        out.writeBytes(HexFormat.of().parseHex("78" + String.format("%02x", last.length()) + "78".repeat(last.length())));
        byte[] metadata = out.toByteArray();
        return draft.auxiliaryData(metadata).body(body -> body.setAuxiliaryDataHash(Blake2bUtil.blake2bHash256(metadata)));
    }

    private static Draft withAuxiliaryData(Draft draft, String hex) {
        byte[] data = HexFormat.of().parseHex(hex);
        return draft.auxiliaryData(data).body(body -> body.setAuxiliaryDataHash(Blake2bUtil.blake2bHash256(data)));
    }

    private static Draft withText(Draft draft, String text) {
        byte[] metadata = metadata(text);
        return draft.auxiliaryData(metadata).body(body -> body.setAuxiliaryDataHash(Blake2bUtil.blake2bHash256(metadata)));
    }

    private static byte[] metadata(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().parseHex("a11902a2" + "78" + String.format("%02x", utf8.length) + HexFormat.of().formatHex(utf8));
    }

    private static List<TransactionInput> twice(OutputReference reference) {
        TransactionInput input = new TransactionInput(reference.transactionId(), reference.index());
        return new ArrayList<>(List.of(input, input));
    }
}
