package io.masumi.node.chain.cardano.transaction;

import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.wallet.Utxo;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Puts a script into an output that transactions can refer to (CIP-33), and takes the output's deposit back.
 *
 * <p>The output lies at the address of the wallet's payment key <em>without</em> its stake part. The node takes what it spends from the
 * wallet's address with the stake part, so it cannot spend the output by accident, and yet the wallet's key alone opens it: the deposit,
 * about 10 ADA for our escrow, is never lost. An address that nobody can spend from would keep the script for ever, and the deposit.
 */
final class ReferenceScriptDrafts {

    private final DraftContext context;

    ReferenceScriptDrafts(DraftContext context) {
        this.context = context;
    }

    /** The output is the transaction's first. */
    Draft deploy(ScriptUse script) {
        String holder = ShelleyAddress.ofPaymentKey(context.source().network(), context.wallet().vkey()).bech32();
        PlannedOutput output = PlannedOutput.carrying(holder, script.toWitness()).atLeastMinimum(context.minimum());
        return new Draft(List.of(), List.of(), List.of(output), Optional.empty(), DraftContext.message("DeployReferenceScript"),
                context.until(DraftContext.NO_DEADLINE, "deploying"));
    }

    /** @param scriptBytes size of the script in the output: the ledger asks a fee for it */
    Draft retire(Utxo output, int scriptBytes) {
        return new Draft(List.of(), List.of(output), List.of(), Optional.empty(), DraftContext.message("RetireReferenceScript"),
                context.until(DraftContext.NO_DEADLINE, "retiring"), scriptBytes, List.of());
    }
}
