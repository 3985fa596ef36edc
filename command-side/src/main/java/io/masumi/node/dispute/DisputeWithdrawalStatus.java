package io.masumi.node.dispute;

/** How far a disputed withdrawal is. */
public enum DisputeWithdrawalStatus {
    /** Signatures are missing. */
    Collecting,
    /** Every key that must sign has signed; it is being sent. */
    Complete,
    /** The network has taken it. */
    Submitted,
    /** It is on chain. */
    Confirmed,
    /** It was not on chain when its time was over. */
    Expired,
    /** The escrow was moved or ended by something else. */
    Superseded,
    /** It is on chain, but its script failed and it only cost its collateral. */
    Refused;

    /** Whether nothing more is expected of it. */
    public boolean isOver() {
        return switch (this) {
            case Collecting, Complete, Submitted -> false;
            case Confirmed, Expired, Superseded, Refused -> true;
        };
    }
}
