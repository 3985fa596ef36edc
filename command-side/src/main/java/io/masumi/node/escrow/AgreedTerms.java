package io.masumi.node.escrow;

/**
 * What a lock must keep to.
 *
 * @param buyer who is to pay; null when the agreement leaves that open, as it does for the seller
 * @param inputHash hex
 * @param price what is to be locked besides the collateral return
 */
public record AgreedTerms(Participant seller, Participant buyer, String inputHash, EscrowTimes times, Funds price) {}
