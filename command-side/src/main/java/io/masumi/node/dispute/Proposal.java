package io.masumi.node.dispute;

import io.masumi.node.Rejection;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.AdminWeight;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.DisputeOutcome;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PaymentSourceRef;
import java.util.List;
import java.util.stream.Stream;

/**
 * A transaction that ends a disputed escrow, to be signed.
 *
 * @param blockchainIdentifier of the sale, null when the escrow's datum makes none
 * @param escrow the contract's output that it spends
 * @param value what that output holds
 * @param admins the admins that it requires to sign: all of them must, not just enough
 * @param requiredWeight how much weight the contract asks for
 * @param payer whose money pays the fee and stands as collateral; must sign too
 * @param transactionHash hex
 * @param unsignedTransaction hex CBOR, complete but for the signatures
 * @param feeLovelace lovelace
 * @param validUntilSlot last slot in which it can land
 * @param validUntil Unix ms of that slot's end
 */
public record Proposal(PaymentSourceRef source, BlockchainIdentifier blockchainIdentifier, OutputRef escrow, Funds value,
        Division division, DisputeOutcome outcome, List<AdminWeight> admins, int requiredWeight, Participant payer, String transactionHash,
        String unsignedTransaction, long feeLovelace, long validUntilSlot, long validUntil) {

    public Proposal {
        admins = List.copyOf(admins);
    }

    /**
     * The contract's rule: entries of its list of admins that signed (docs/contracts.md, "Rules and their tests").
     *
     * @param admins those chosen to sign
     * @param required how much weight the contract asks for
     * @throws io.masumi.node.RejectedException if they do not suffice
     */
    public static void requireSufficient(List<AdminWeight> admins, int required) {
        int weight = admins.stream().mapToInt(AdminWeight::weight).sum();
        if (required < 1 || weight < required) {
            throw Rejection.invalid("The contract requires " + required + " of its admins' entries to sign; those chosen have " + weight);
        }
    }

    /** Hashes of all keys that must sign, hex: the admins', and the payer's if it is none of them. */
    public List<String> signers() {
        return Stream.concat(admins.stream().map(AdminWeight::vkey), Stream.of(payer.vkey())).distinct().toList();
    }
}
