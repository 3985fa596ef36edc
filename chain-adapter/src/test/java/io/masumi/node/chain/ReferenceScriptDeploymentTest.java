package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.Rejection;
import io.masumi.node.RejectedException;
import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.source.ReferenceScriptRequest;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.TransactionContent;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.query.source.PaymentSourceQuery.FindPaymentSource;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.ReferenceScript;
import io.masumi.node.source.ReferenceScript.Phase;
import java.util.List;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An admin deploys a reference script: it is there once, it is used while it is there, and nothing ever depends on it. */
@Tag("slow")
class ReferenceScriptDeploymentTest {

    private static final Logger LOG = LoggerFactory.getLogger(ReferenceScriptDeploymentTest.class);

    @Test
    void isDeployedOnceWheneverTheNodeDiesAndItsDepositComesBack() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            node.crash.arm(CrashPoint.BEFORE_BUILDING);
            node.commands().sendAndWait(deploy(node, null));
            assertThatThrownBy(() -> node.commands().sendAndWait(deploy(node, null))).isInstanceOfSatisfying(RejectedException.class,
                    e -> assertThat(e.rejection().kind()).isEqualTo(Rejection.Kind.CONFLICT)).hasMessageContaining("under way");
            List<CrashPoint> points = List.of(CrashPoint.BEFORE_BUILDING, CrashPoint.BEFORE_STORING, CrashPoint.BEFORE_SUBMITTING,
                    CrashPoint.AFTER_SUBMITTING);
            for (int i = 0; i < points.size(); i++) {
                node.until("death " + points.get(i), node.crash::isDead);
                node.stop();
                if (i + 1 < points.size()) {
                    node.crash.arm(points.get(i + 1));
                }
                node.start();
            }
            OutputRef output = awaitDeployed(node);

            List<Utxo> there = node.chain().unspent(enterprise(node.seller.vkey()));
            there = there.isEmpty() ? node.chain().unspent(enterprise(node.buyer.vkey())) : there;
            assertThat(there).singleElement().satisfies(utxo -> {
                assertThat(utxo.ref()).isEqualTo(output);
                assertThat(utxo.referenceScriptHash())
                        .isEqualTo(ShelleyAddress.parse(node.escrowAddress).paymentScriptHash().orElseThrow());
            });
            assertThat(node.events(node.source.id())).containsExactly("PaymentSourceCreated", "ReferenceScriptDeploymentRequested",
                    "ReferenceScriptDeployed");
            assertThatThrownBy(() -> node.commands().sendAndWait(deploy(node, null))).hasMessageContaining("deployed already");

            node.commands().sendAndWait(new ReferenceScriptRequest.Retire(node.sourceId(), ContractScript.Escrow,
                    NodeOnDevelopmentNetwork.OWNER));
            node.until("retired", () -> script(node).phase() == Phase.Retired);
            assertThat(node.chain().unspentOutput(output)).isEmpty();
            assertThat(node.chain().unspent(enterprise(node.seller.vkey()))).isEmpty();
            assertThat(node.chain().unspent(enterprise(node.buyer.vkey()))).isEmpty();
            node.commands().sendAndWait(deploy(node, node.seller.vkey()));
            assertThat(awaitDeployed(node)).isNotEqualTo(output);
            assertThat(node.chain().unspent(enterprise(node.seller.vkey()))).hasSize(1);
        }
    }

    @Test
    void isUsedWhileItIsThereAndMissedByNobody() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            submitResult(node, locked(node));
            assertThat(newestHoldsTheScript(node)).isTrue();
            node.commands().sendAndWait(deploy(node, node.seller.vkey()));
            OutputRef output = awaitDeployed(node);
            Sale second = locked(node);
            Sale third = locked(node);
            Sale fourth = locked(node);
            long byReference = submitResult(node, second);
            assertThat(newestHoldsTheScript(node)).isFalse();

            // The next refers to it too, but before it gets to the ledger somebody spends it.
            node.crash.arm(CrashPoint.BEFORE_SUBMITTING);
            node.commands().sendAndWait(result(third));
            node.untilWithoutBlocks("death", node.crash::isDead);
            assertThat(newestHoldsTheScript(node)).isFalse();
            spend(node, output);
            node.stop();
            node.start();
            node.until("result", () -> node.payment(third).escrow().state() == OnChainState.ResultSubmitted);
            assertThat(newestHoldsTheScript(node)).isTrue();
            long inFull = submitResult(node, fourth);
            LOG.info("SubmitResult costs {} lovelace with the script in it, {} by reference", inFull, byReference);
            assertThat(byReference).isLessThan(inFull - 40_000).isLessThan(280_000);

            // The operator has it deployed again: the old one is gone, so that is no conflict.
            node.commands().sendAndWait(deploy(node, null));
            node.until("another", () -> script(node).phase() == Phase.Deployed && !output.equals(script(node).output()));
        }
    }

    @Test
    void anOutputThatIsThereIsTakenUp() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            SignedTransaction elsewhere = node.bean(CardanoTransactionFactory.class).build(node.sourceId(), node.purchasingWallet(),
                    node.chain().unspent(node.buyer.address()),
                    TransactionContent.of(new ChainAction.DeployReferenceScript(ContractScript.Escrow)));
            OutputRef output = new OutputRef(elsewhere.hash(), 0);
            assertThatThrownBy(() -> node.commands().sendAndWait(adopt(node, output))).hasMessageContaining("not on the chain");
            assertThat(node.chain().submit(elsewhere.bytes())).isInstanceOf(SubmitOutcome.Accepted.class);
            node.block();
            assertThatThrownBy(() -> node.commands().sendAndWait(adopt(node, new OutputRef(elsewhere.hash(), 1))))
                    .hasMessageContaining("does not carry");

            node.commands().sendAndWait(adopt(node, output));
            assertThat(awaitDeployed(node)).isEqualTo(output);
            submitResult(node, locked(node));
            assertThat(newestHoldsTheScript(node)).isFalse();
        }
    }

    private static ReferenceScriptRequest deploy(NodeOnDevelopmentNetwork node, String walletVkey) {
        return new ReferenceScriptRequest.Deploy(node.sourceId(), ContractScript.Escrow, walletVkey, NodeOnDevelopmentNetwork.OWNER);
    }

    private static ReferenceScriptRequest adopt(NodeOnDevelopmentNetwork node, OutputRef output) {
        return new ReferenceScriptRequest.Adopt(node.sourceId(), ContractScript.Escrow, output, NodeOnDevelopmentNetwork.OWNER);
    }

    private static OutputRef awaitDeployed(NodeOnDevelopmentNetwork node) {
        node.until("deployed", () -> script(node) != null && script(node).phase() == Phase.Deployed && node.database()
                .sql("SELECT escrow_script_output FROM chain_source").query(String.class).single()
                .equals(script(node).output().toString()));
        return script(node).output();
    }

    private static ReferenceScript script(NodeOnDevelopmentNetwork node) {
        return node.bean(QueryGateway.class).query(new FindPaymentSource(node.sourceId()), ResponseTypes.optionalInstanceOf(
                PaymentSourceView.class)).join().flatMap(view -> view.referenceScripts().stream().findFirst()).orElse(null);
    }

    private static Sale locked(NodeOnDevelopmentNetwork node) {
        Sale sale = node.agree();
        node.until("locked", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked
                && node.purchase(sale).escrow().state() == OnChainState.FundsLocked);
        return sale;
    }

    private static PaymentCommand.SubmitResult result(Sale sale) {
        return new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH, NodeOnDevelopmentNetwork.OWNER);
    }

    /** @return its fee, lovelace */
    private static long submitResult(NodeOnDevelopmentNetwork node, Sale sale) {
        node.commands().sendAndWait(result(sale));
        node.until("result", () -> node.payment(sale).escrow().state() == OnChainState.ResultSubmitted);
        return node.database().sql("SELECT fee_lovelace FROM chain_transaction ORDER BY number DESC LIMIT 1").query(Long.class).single();
    }

    private static boolean newestHoldsTheScript(NodeOnDevelopmentNetwork node) {
        return node.database().sql("""
                SELECT position((SELECT bytes FROM script WHERE hash = :hash) IN bytes) > 0
                FROM chain_transaction ORDER BY number DESC LIMIT 1""")
                .param("hash", ShelleyAddress.parse(node.escrowAddress).paymentScriptHash().orElseThrow()).query(Boolean.class).single();
    }

    /** With the wallet's key, but behind the node's back. */
    private static void spend(NodeOnDevelopmentNetwork node, OutputRef output) {
        SignedTransaction transaction = node.bean(CardanoTransactionFactory.class).build(node.sourceId(), node.sellingWallet(), List.of(),
                TransactionContent.of(new ChainAction.RetireReferenceScript(ContractScript.Escrow, output)));
        assertThat(node.chain().submit(transaction.bytes())).isInstanceOf(SubmitOutcome.Accepted.class);
        node.block();
    }

    private static String enterprise(String keyHash) {
        return ShelleyAddress.ofPaymentKey(Network.Preprod, keyHash).bech32();
    }
}
