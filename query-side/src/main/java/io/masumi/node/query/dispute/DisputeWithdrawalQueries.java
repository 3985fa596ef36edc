package io.masumi.node.query.dispute;

import io.masumi.node.query.WireRecord;
import io.masumi.node.query.dispute.DisputeQuery.FindDisputeWithdrawal;
import io.masumi.node.query.dispute.DisputeQuery.ListDisputeWithdrawals;
import io.masumi.node.query.projection.ViewPage;
import io.masumi.node.query.projection.WireRecords;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

final class DisputeWithdrawalQueries {

    private final JdbcClient jdbc;

    DisputeWithdrawalQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @QueryHandler
    WireRecord on(FindDisputeWithdrawal query) {
        return WireRecords.find(jdbc, DisputeWithdrawalViewAutoConfiguration.TABLE, query.withdrawalId().value(), WireRecords.JSON);
    }

    @QueryHandler
    List<WireRecord> on(ListDisputeWithdrawals query) {
        return WireRecords.list(jdbc, ViewPage.of(DisputeWithdrawalViewAutoConfiguration.TABLE).where("network", query.network())
                .where("status", query.status()).where("escrow", query.escrow()).from(query.cursorId()), query.limit(), WireRecords.JSON);
    }
}
