package io.masumi.node.escrow;

import java.util.List;

/**
 * How admins resolved a dispute, read out of the transaction that did it.
 *
 * @param seller what came to the seller's payment key, the network fee not deducted if only the seller can have paid it
 * @param buyer the same for the buyer
 * @param elsewhere what came to others than the two, less what those put in themselves
 * @param signedBy the admins among the transaction's required signers, in the contract's order
 * @param requiredWeight how much weight the contract asks for
 */
public record DisputeResolution(DisputeOutcome outcome, Funds seller, Funds buyer, Funds elsewhere, List<AdminWeight> signedBy,
        int requiredWeight) {

    public DisputeResolution {
        signedBy = List.copyOf(signedBy);
    }
}
