package io.masumi.node.chain.cardano.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.api.model.Amount;
import com.bloxbean.cardano.client.backend.blockfrost.service.BFBackendService;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.function.helper.SignerProviders;
import com.bloxbean.cardano.client.plutus.spec.PlutusV3Script;
import com.bloxbean.cardano.client.quicktx.QuickTxBuilder;
import com.bloxbean.cardano.client.quicktx.Tx;
import com.bloxbean.cardano.client.quicktx.TxResult;
import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A script that is deployed in an output (CIP-33) is referred to instead of being sent along, and is never spent. */
class ReferenceScriptTest {

    private static final Logger LOG = LoggerFactory.getLogger(ReferenceScriptTest.class);

    @Test
    void aDeployedScriptIsReferredTo() {
        try (CardanoWorld world = new CardanoWorld()) {
            world.fund(world.seller, 100_000_000, 10_000_000);
            world.fund(world.buyer, 100_000_000, 10_000_000);
            String deployed = deploy(world);
            world.database.sql("update chain_source set escrow_script_output = :output").param("output", deployed + "#0").update();
            assertThat(new WalletFunds(Spendable.of(spendable(world, world.identity(world.seller).address())),
                    world.provider.parameters().protocol()).all())
                    .noneSatisfy(utxo -> assertThat(utxo.ref().toString()).isEqualTo(deployed + "#0"));

            long now = world.clock.millis();
            EscrowTimes times = new EscrowTimes(now + 600_000, now + 900_000, now + 1_800_000, now + 2_700_000);
            submit(world, world.factory.build(world.sourceId, world.buyer, spendable(world, world.identity(world.buyer).address()),
                    TransactionContent.of(new ChainAction.Lock(new BlockchainIdentifier(world.vector.blockchainIdentifier()),
                            world.participant(world.seller), "cd".repeat(32), times, Funds.lovelace(5_000_000)))));
            Utxo escrow = spendable(world, world.escrowAddress).getFirst();
            SignedTransaction result = world.factory.build(world.sourceId, world.seller,
                    spendable(world, world.identity(world.seller).address()),
                    TransactionContent.on(escrow, new ChainAction.SubmitResult("ab".repeat(32))));
            submit(world, result);

            assertThat(result.bytes().length).isLessThan(1500);
            world.database.sql("update chain_source set escrow_script_output = :output").param("output", "00".repeat(32) + "#0").update();
            Utxo submitted = spendable(world, world.escrowAddress).getFirst();
            assertThat(world.factory.build(world.sourceId, world.buyer, spendable(world, world.identity(world.buyer).address()),
                    TransactionContent.on(submitted, new ChainAction.RequestRefund())).bytes().length).as("in the witness set")
                    .isGreaterThan(2000);
            assertThat(world.provider.transaction(result.hash()).orElseThrow().scriptsPassed()).isTrue();
            LOG.info("SubmitResult by reference {} bytes, fee {} lovelace{}", result.bytes().length, result.feeLovelace(),
                    Measured.units(result));
        }
    }

    private static String deploy(CardanoWorld world) {
        Account account = Account.createFromMnemonic(Networks.testnet(), world.vector.sellerMnemonic());
        Tx deployment = new Tx().payToAddress(account.baseAddress(), List.of(Amount.ada(25)),
                PlutusV3Script.builder().cborHex(world.escrowScript.doubleWrappedHex()).build()).from(account.baseAddress());
        TxResult sent = new QuickTxBuilder(new BFBackendService(world.network.baseUrl(), "any")).compose(deployment)
                .withSigner(SignerProviders.signerFrom(account)).complete();
        assertThat(sent.isSuccessful()).as(sent.getResponse()).isTrue();
        world.block();
        return sent.getValue();
    }

    private static void submit(CardanoWorld world, SignedTransaction transaction) {
        assertThat(world.provider.submit(transaction.bytes())).isEqualTo(new SubmitOutcome.Accepted(transaction.hash()));
        world.block();
    }

    private static List<Utxo> spendable(CardanoWorld world, String address) {
        return world.provider.unspent(address);
    }
}
