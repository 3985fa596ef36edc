package io.masumi.node.devnet;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.api.model.Amount;
import com.bloxbean.cardano.client.api.model.ProtocolParams;
import com.bloxbean.cardano.client.api.model.Result;
import com.bloxbean.cardano.client.api.model.Utxo;
import com.bloxbean.cardano.client.api.util.CostModelUtil;
import com.bloxbean.cardano.client.backend.api.BackendService;
import com.bloxbean.cardano.client.backend.api.DefaultProtocolParamsSupplier;
import com.bloxbean.cardano.client.backend.api.DefaultUtxoSupplier;
import com.bloxbean.cardano.client.backend.blockfrost.service.BFBackendService;
import com.bloxbean.cardano.client.backend.model.TransactionContent;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.function.helper.SignerProviders;
import com.bloxbean.cardano.client.plutus.spec.BigIntPlutusData;
import com.bloxbean.cardano.client.plutus.spec.Language;
import com.bloxbean.cardano.client.plutus.spec.PlutusV3Script;
import com.bloxbean.cardano.client.quicktx.QuickTxBuilder;
import com.bloxbean.cardano.client.quicktx.ScriptTx;
import com.bloxbean.cardano.client.quicktx.Tx;
import com.bloxbean.cardano.client.quicktx.TxResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scalus.bloxbean.EvaluatorMode;
import scalus.bloxbean.NoScriptSupplier;
import scalus.bloxbean.ScalusTransactionEvaluator;
import scalus.bloxbean.SlotConfig;

import java.math.BigInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** cardano-client-lib's Blockfrost backend and its QuickTx work against the network as against the public one. */
class BlockfrostClientTest {
    private final Account account = new Account(Networks.testnet());
    private final Account other = new Account(Networks.testnet());
    private DevelopmentNetwork network;
    private BackendService backend;

    @BeforeEach
    void start() {
        network = DevelopmentNetwork.start(DevnetOptions.inMemory().withBlocksOnDemand(), new TestClock());
        backend = new BFBackendService(network.baseUrl(), "any");
        network.faucet(account.baseAddress(), TestScripts.ada(100));
        network.faucet(account.baseAddress(), TestScripts.ada(10));
        network.makeBlock();
    }

    @AfterEach
    void stop() {
        network.close();
    }

    @Test
    void readsProtocolParameters() throws Exception {
        ProtocolParams parameters = backend.getEpochService().getProtocolParameters().getValue();

        assertThat(parameters.getMinFeeA()).isEqualTo(44);
        assertThat(parameters.getMinFeeRefScriptCostPerByte()).isEqualByComparingTo("15");
        assertThat(parameters.getPriceStep()).isEqualByComparingTo("0.0000721");
        assertThat(CostModelUtil.getCostModelFromProtocolParams(parameters, Language.PLUTUS_V1).orElseThrow().getCosts())
                .containsExactly(CostModelUtil.PlutusV1CostModel.getCosts());
        assertThat(CostModelUtil.getCostModelFromProtocolParams(parameters, Language.PLUTUS_V2).orElseThrow().getCosts())
                .containsExactly(CostModelUtil.PlutusV2CostModel.getCosts());
        assertThat(CostModelUtil.getCostModelFromProtocolParams(parameters, Language.PLUTUS_V3).orElseThrow().getCosts()).hasSize(350)
                .startsWith(CostModelUtil.plutusV3Costs);
    }

    @Test
    void paysWithQuickTx() throws Exception {
        Tx payment = new Tx().payToAddress(other.baseAddress(), Amount.ada(7)).from(account.baseAddress());
        TxResult result = new QuickTxBuilder(backend).compose(payment).withSigner(SignerProviders.signerFrom(account)).complete();

        assertThat(result.isSuccessful()).as(result.getResponse()).isTrue();
        assertThat(backend.getTransactionService().getTransaction(result.getValue()).code()).isEqualTo(404);
        network.makeBlock();
        TransactionContent transaction = value(backend.getTransactionService().getTransaction(result.getValue()));
        assertThat(transaction.getValidContract()).isTrue();
        assertThat(transaction.getBlockHeight()).isEqualTo(2);
        assertThat(value(backend.getUtxoService().getUtxos(other.baseAddress(), 100, 1))).singleElement().satisfies(utxo -> {
            assertThat(utxo.getTxHash()).isEqualTo(result.getValue());
            assertThat(utxo.getAmount()).containsExactly(Amount.ada(7));
        });
    }

    @Test
    void locksAtAPlutusV3ScriptAndSpendsFromIt() throws Exception {
        PlutusV3Script script = TestScripts.yes();
        String address = AddressProvider.getEntAddress(script, Networks.testnet()).toBech32();
        Tx lock = new Tx().payToContract(address, Amount.ada(5), BigIntPlutusData.of(42)).from(account.baseAddress());
        TxResult locked = new QuickTxBuilder(backend).compose(lock).withSigner(SignerProviders.signerFrom(account)).complete();
        assertThat(locked.isSuccessful()).as(locked.getResponse()).isTrue();
        network.makeBlock();

        Utxo utxo = value(backend.getUtxoService().getUtxos(address, 100, 1)).getFirst();
        assertThat(utxo.getInlineDatum()).isEqualTo("182a");
        ScriptTx spend = new ScriptTx().collectFrom(utxo, BigIntPlutusData.of(0)).payToAddress(other.baseAddress(), Amount.ada(5))
                .attachSpendingValidator(script);
        TxResult spent = new QuickTxBuilder(backend).compose(spend).feePayer(account.baseAddress())
                .withSigner(SignerProviders.signerFrom(account)).withTxEvaluator(evaluator()).ignoreScriptCostEvaluationError(false)
                .complete();

        assertThat(spent.isSuccessful()).as(spent.getResponse()).isTrue();
        network.makeBlock();
        assertThat(value(backend.getUtxoService().getUtxos(other.baseAddress(), 100, 1))).singleElement()
                .satisfies(received -> assertThat(received.getAmount()).containsExactly(Amount.ada(5)));
        assertThat(value(backend.getTransactionService().getTransactionRedeemers(spent.getValue()))).singleElement()
                .satisfies(redeemer -> assertThat(new BigInteger(redeemer.getUnitMem())).isPositive());
        assertThat(value(backend.getScriptService().getPlutusScriptCbor(script.getPolicyId())))
                .isEqualTo(java.util.HexFormat.of().formatHex(script.serializeScriptBody()));
    }

    private ScalusTransactionEvaluator evaluator() {
        return new ScalusTransactionEvaluator(new SlotConfig(network.zeroTime(), 0, 1000),
                new DefaultProtocolParamsSupplier(backend.getEpochService()).getProtocolParams(),
                new DefaultUtxoSupplier(backend.getUtxoService()), new NoScriptSupplier(), EvaluatorMode.EVALUATE_AND_COMPUTE_COST, false);
    }

    private static <T> T value(Result<T> result) {
        assertThat(result.isSuccessful()).as(result.getResponse()).isTrue();
        return result.getValue();
    }
}
