package io.masumi.node.chain.dispute;

import io.masumi.node.Requester;
import io.masumi.node.dispute.Division;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.source.PaymentSourceId;
import java.time.Duration;
import java.util.List;

/**
 * A command to the chain adapter: builds the transaction that ends a disputed escrow, and puts it before the admins. Answers
 * the {@link io.masumi.node.dispute.DisputeWithdrawalId}. Doing it again builds another one beside the first.
 *
 * @param escrow the contract's output
 * @param favour whose favour it is in; null when {@code division} says who gets what
 * @param division who gets what; null when {@code favour} says it
 * @param adminVkeys key hashes, hex, of the admins who are to sign, all of them; empty for the first in the contract's order that
 *     suffice
 * @param feePayerAddress bech32 of who pays the fee and puts up the collateral, and so must sign too; null for the first of
 *     the admins' addresses that holds enough
 * @param validFor how long there is to sign and land
 */
public record BuildDisputeWithdrawal(PaymentSourceId sourceId, OutputRef escrow, Favour favour, Division division, List<String> adminVkeys,
        String feePayerAddress, Duration validFor, Requester requester) {

    /** A division that needs no amounts. */
    public enum Favour {
        /** All to the seller but the collateral return. */
        ForSeller,
        /** All to the buyer. */
        ForBuyer
    }
}
