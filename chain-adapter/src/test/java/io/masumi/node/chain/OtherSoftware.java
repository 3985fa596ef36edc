package io.masumi.node.chain;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.exception.CborSerializationException;
import com.bloxbean.cardano.client.spec.Era;
import com.bloxbean.cardano.client.transaction.spec.Asset;
import com.bloxbean.cardano.client.transaction.spec.MultiAsset;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionBody;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import com.bloxbean.cardano.client.transaction.spec.TransactionWitnessSet;
import com.bloxbean.cardano.client.transaction.spec.Value;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.Funds;
import java.util.List;

/** The owner of one of the node's wallets, who uses it with another software at the same time. */
final class OtherSoftware {

    /** More than any of these transactions needs; lovelace. */
    private static final Funds FEE = Funds.lovelace(1_000_000);
    private static final Funds COLLATERAL = Funds.lovelace(10_000_000);
    /** Hex digits of a policy id. */
    private static final int POLICY_ID = 56;

    private final NodeOnDevelopmentNetwork node;
    private final Account account;
    private final Account elsewhere = new Account(Networks.testnet());

    OtherSoftware(NodeOnDevelopmentNetwork node, String mnemonic) {
        this.node = node;
        this.account = Account.createFromMnemonic(Networks.testnet(), mnemonic);
    }

    /** Sends all the wallet's lovelace away, but for what lies beside tokens. It is gone with the next block. */
    void takeAll() {
        List<Utxo> coins = coins().stream().filter(coin -> coin.value().nativeAssets().isEmpty()).toList();
        Funds all = sum(coins);
        send(coins, List.of(output(elsewhere.baseAddress(), all.minus(FEE))));
    }

    /** Spends all the wallet's coins, and so those of any transaction of the node's. The money stays in the wallet. */
    void stirAll() {
        List<Utxo> coins = coins();
        send(coins, List.of(output(account.baseAddress(), COLLATERAL),
                output(account.baseAddress(), sum(coins).minus(COLLATERAL).minus(FEE))));
    }

    private List<Utxo> coins() {
        return node.chain().unspent(account.baseAddress());
    }

    private static Funds sum(List<Utxo> coins) {
        return coins.stream().map(Utxo::value).reduce(Funds.NONE, Funds::plus);
    }

    private static TransactionOutput output(String address, Funds funds) {
        List<MultiAsset> assets = funds.nativeAssets().entrySet().stream()
                .map(each -> MultiAsset.builder().policyId(each.getKey().substring(0, POLICY_ID))
                        .assets(List.of(new Asset("0x" + each.getKey().substring(POLICY_ID), each.getValue()))).build())
                .toList();
        return TransactionOutput.builder().address(address).value(new Value(funds.lovelace(), assets)).build();
    }

    private void send(List<Utxo> coins, List<TransactionOutput> outputs) {
        List<TransactionInput> inputs = coins.stream()
                .map(coin -> new TransactionInput(coin.ref().transactionHash(), coin.ref().index())).toList();
        Transaction transaction = Transaction.builder().era(Era.Conway)
                .body(TransactionBody.builder().inputs(inputs).outputs(outputs).fee(FEE.lovelace()).build())
                .witnessSet(new TransactionWitnessSet()).build();
        try {
            node.network.submit(account.sign(transaction).serialize());
        } catch (CborSerializationException e) {
            throw new IllegalStateException(e);
        }
    }
}
