package io.masumi.node.query.payment;

import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.escrow.EscrowViewTable;
import io.masumi.node.query.escrow.WaitingFilter;
import io.masumi.node.query.escrow.WaitingRecords;
import io.masumi.node.query.payment.PaymentQuery.CountWaitingPayments;
import io.masumi.node.query.payment.PaymentQuery.FindPayment;
import io.masumi.node.query.payment.PaymentQuery.ListPayments;
import io.masumi.node.query.payment.PaymentQuery.ListPendingPayments;
import io.masumi.node.query.payment.PaymentQuery.ListWaitingPayments;
import io.masumi.node.query.projection.PendingRecords;
import io.masumi.node.query.projection.ViewPage;
import io.masumi.node.query.projection.WireRecords;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

final class PaymentQueries {

    private final JdbcClient jdbc;

    PaymentQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @QueryHandler
    WireRecord on(FindPayment query) {
        return WireRecords.find(jdbc, PaymentViewAutoConfiguration.TABLE, query.paymentId().value(), json(query.includeHistory()));
    }

    @QueryHandler
    List<WireRecord> on(ListPayments query) {
        var page = ViewPage.of(PaymentViewAutoConfiguration.TABLE)
                .where("network", query.network())
                .where("smart_contract_address", query.smartContractAddress())
                .where("on_chain_state", query.onChainState())
                .where("payment_source_type", query.paymentSourceType())
                .where("next_action_phase", query.needsManualAction() ? NextAction.Phase.WaitingForManualAction : null)
                .where("owner_key_id", query.ownerKeyId())
                .from(query.cursorId());
        return WireRecords.list(jdbc, EscrowViewTable.search(page, query.searchQuery()), query.limit(), json(query.includeHistory()));
    }

    @QueryHandler
    List<String> on(ListPendingPayments query) {
        return PendingRecords.list(jdbc, PaymentViewAutoConfiguration.TABLE, "next_action_phase IN ('Requested', 'Initiated')",
                query.unchangedSince(), query.afterId(), query.limit());
    }

    @QueryHandler
    List<WireRecord> on(ListWaitingPayments query) {
        return WireRecords.list(jdbc, waiting(query.filter()).from(query.cursorId()), query.limit(), json(false));
    }

    @QueryHandler
    Long on(CountWaitingPayments query) {
        return waiting(query.filter()).count(jdbc);
    }

    private static ViewPage waiting(WaitingFilter filter) {
        return WaitingRecords.page(PaymentViewAutoConfiguration.TABLE, filter, PaymentQueries::stored);
    }

    /** The wire's payments know no InsufficientFunds. */
    private static Stream<ErrorType> stored(ErrorType shown) {
        return shown == ErrorType.Unknown ? Stream.of(ErrorType.Unknown, ErrorType.InsufficientFunds) : Stream.of(shown);
    }

    private static String json(boolean includeHistory) {
        return includeHistory ? WireRecords.JSON_WITH_HISTORY : WireRecords.JSON;
    }
}
