package io.masumi.node.query.escrow;

import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.query.WireRecord;

/** A row of the payments' or purchases' view. */
public interface EscrowRow {

    String id();

    EscrowTimeline timeline();

    PaymentSourceRef source();

    /** Id of the API key that created the record. */
    String ownerKeyId();

    String blockchainIdentifier();

    String agentIdentifier();

    String agentName();

    Funds price();

    EscrowStatus escrow();

    NextAction next();

    /** The record rendered, its histories null. */
    String json();

    /** The record rendered with its histories. */
    String jsonWithHistory();

    /** The row as queries answer it. */
    default WireRecord record(boolean includeHistory) {
        return new WireRecord(id(), timeline().version(), ownerKeyId(), source().network(), includeHistory ? jsonWithHistory() : json());
    }
}
