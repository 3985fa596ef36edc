package io.masumi.node.escrow;

import io.masumi.node.Rejection;

/** What seller and buyer both check before they agree to a sale (docs/domain.md, "Terms of a sale" and "Blockchain identifier"). */
public final class SaleRules {

    private static final int MIN_PURCHASER_DIGITS = 14;
    private static final int MAX_PURCHASER_DIGITS = 26;
    private static final int MAX_INPUT_HASH_DIGITS = 250;

    private SaleRules() {}

    /**
     * That nothing can be locked any more is a fact of the chain's time, whatever a clock says.
     *
     * @param payByTime Unix ms
     * @param followedTo the block up to which everything on chain is recorded
     */
    public static void requireOver(long payByTime, ChainPoint followedTo) {
        if (followedTo.blockTime() <= payByTime) {
            throw Rejection.notFound("payByTime is not over at block " + followedTo.blockHash());
        }
    }

    /**
     * Refuses terms that break a rule.
     *
     * @param now Unix milliseconds
     * @throws io.masumi.node.RejectedException saying which
     */
    public static void check(BlockchainIdentifier identifier, String agentIdentifier, String inputHash, String identifierFromPurchaser,
            EscrowTimes times, TimeRules rules, long now) {
        HexRules.require("inputHash", inputHash, 2, MAX_INPUT_HASH_DIGITS);
        HexRules.require("identifierFromPurchaser", identifierFromPurchaser, MIN_PURCHASER_DIGITS, MAX_PURCHASER_DIGITS);
        checkIdentifier(identifier, agentIdentifier, identifierFromPurchaser);
        rules.brokenBy(times, now).ifPresent(rule -> {
            throw Rejection.invalid(rule);
        });
    }

    private static void checkIdentifier(BlockchainIdentifier identifier, String agentIdentifier, String identifierFromPurchaser) {
        BlockchainIdentifier.Parts parts;
        String agent;
        try {
            parts = identifier.parts();
            agent = parts.agentIdentifier();
        } catch (IllegalArgumentException e) {
            throw Rejection.invalid(e.getMessage());
        }
        if (!parts.purchaserIdentifier().equals(identifierFromPurchaser)) {
            throw Rejection.invalid("blockchainIdentifier is for another identifierFromPurchaser");
        }
        if (!agent.equals(agentIdentifier)) {
            throw Rejection.invalid("blockchainIdentifier is for another agentIdentifier");
        }
        // A lock is paired with its record by the identifier that its datum gives back: another spelling would never be found.
        if (!parts.identifier().equals(identifier)) {
            throw Rejection.invalid("blockchainIdentifier is not spelled as this contract version gives it back");
        }
    }
}
