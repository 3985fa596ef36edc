package io.masumi.node.query.escrow;

import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.query.projection.ViewPage;
import java.util.function.Function;
import java.util.stream.Stream;

/** Records that wait for an operator, in a table of payments or purchases. */
public final class WaitingRecords {

    private WaitingRecords() {}

    /** @param stored the error types that the wire shows as one */
    public static ViewPage page(String table, WaitingFilter filter, Function<ErrorType, Stream<ErrorType>> stored) {
        var page = ViewPage.of(table)
                .where("next_action_phase", NextAction.Phase.WaitingForManualAction)
                .where("network", filter.network())
                .where("payment_source_id", filter.paymentSourceId())
                .where("on_chain_state", filter.onChainState())
                .whereBeginsWith("error_note", filter.notePrefix())
                .whereNotBefore("next_action_last_changed_at", filter.since());
        if (filter.errorType() != null) {
            page.whereOneOf("error_type", stored.apply(filter.errorType()));
        }
        return filter.nothingLocked() ? page.whereMissing("on_chain_state") : page;
    }
}
