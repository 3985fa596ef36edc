package io.masumi.node.chain.cardano.transaction;

import io.masumi.node.chain.wallet.Utxo;
import java.util.List;
import java.util.Optional;

/** Lets a wallet pay itself. */
final class WalletDrafts {

    private final DraftContext context;

    WalletDrafts(DraftContext context) {
        this.context = context;
    }

    /** An output that transactions can put up, made of whatever the wallet has. */
    Draft collateral() {
        PlannedOutput output = PlannedOutput.of(context.wallet().address(), Assets.lovelace(WalletFunds.COLLATERAL));
        return draft(List.of(), List.of(output));
    }

    /** These outputs, in as few as can hold them. */
    Draft merge(List<Utxo> pieces) {
        return draft(pieces, List.of());
    }

    private Draft draft(List<Utxo> required, List<PlannedOutput> outputs) {
        return new Draft(List.of(), required, outputs, Optional.empty(), DraftContext.message("MergeOutputs"),
                context.until(DraftContext.NO_DEADLINE, "merging"), 0, List.of(), true);
    }
}
