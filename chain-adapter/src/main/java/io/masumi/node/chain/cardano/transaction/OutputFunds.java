package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import java.util.ArrayList;
import java.util.List;

/** What an output of the client library's model holds. */
final class OutputFunds {

    private OutputFunds() {}

    static Funds of(TransactionOutput output) {
        List<Amount> amounts = new ArrayList<>();
        amounts.add(new Amount(Amount.LOVELACE, output.getValue().getCoin()));
        output.getValue().getMultiAssets().forEach(policy -> policy.getAssets()
                .forEach(asset -> amounts
                        .add(new Amount(policy.getPolicyId() + asset.getNameAsHex().replaceFirst("^0x", ""), asset.getValue()))));
        return Funds.of(amounts);
    }
}
