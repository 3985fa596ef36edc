package io.masumi.node.chain.transaction;

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
        return new Draft(List.of(), List.of(), List.of(output), Optional.empty(), DraftContext.message("MergeOutputs"),
                context.until(DraftContext.NO_DEADLINE, "merging"));
    }
}
