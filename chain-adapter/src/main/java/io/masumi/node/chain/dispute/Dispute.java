package io.masumi.node.chain.dispute;

import io.masumi.node.escrow.AdminWeight;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.PaymentSourceRef;
import java.util.List;

/**
 * A disputed escrow with its evidence, as the chain shows it.
 *
 * @param value what is in dispute, the collateral return included
 * @param blockchainIdentifier of the sale, null when the datum makes none
 * @param history how it came here, oldest first: begins with the lock
 * @param wholeHistory false when it is longer than was looked at
 */
public record Dispute(PaymentSourceRef source, OutputRef output, Funds value, EscrowDatum datum, String blockchainIdentifier,
        List<Step> history, boolean wholeHistory, List<Admin> admins, int requiredWeight) {

    /**
     * A transaction that made or moved the escrow.
     *
     * @param state the state that it left the escrow in. @param resultHash hex, empty when none was there then
     */
    public record Step(EscrowAction action, String transactionHash, ChainPoint at, OnChainState state, String resultHash) {}

    /** @param address bech32 */
    public record Admin(String address, AdminWeight counts) {}
}
