package io.masumi.node.escrow;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The transitions of the state table of README.md, written down once more and independently, for the tests to hold the code to. */
public final class EscrowStateTable {

    /** @param resultAfter whether the datum holds a result afterwards */
    public record Row(OnChainState from, EscrowAction action, OnChainState to, boolean resultAfter) {}

    /** A state in which an action is impossible. */
    public record Gap(OnChainState from, EscrowAction action) {}

    private static final String TABLE = """
            FundsLocked     SubmitResult        ResultSubmitted   result
            ResultSubmitted SubmitResult        ResultSubmitted   result
            RefundRequested SubmitResult        Disputed          result
            Disputed        SubmitResult        Disputed          result
            FundsLocked     RequestRefund       RefundRequested   none
            ResultSubmitted RequestRefund       Disputed          result
            Disputed        RequestRefund       Disputed          result
            RefundRequested CancelRefundRequest FundsLocked       none
            Disputed        CancelRefundRequest ResultSubmitted   result
            Disputed        AuthorizeRefund     RefundRequested   none
            ResultSubmitted Withdraw            Withdrawn         none
            FundsLocked     WithdrawRefund      RefundWithdrawn   none
            RefundRequested WithdrawRefund      RefundWithdrawn   none
            Disputed        WithdrawDisputed    DisputedWithdrawn none
            """;

    private EscrowStateTable() {}

    public static Stream<Row> rows() {
        return TABLE.lines().map(line -> line.split(" +")).map(cells -> new Row(OnChainState.valueOf(cells[0]),
                EscrowAction.valueOf(cells[1]), OnChainState.valueOf(cells[2]), cells[3].equals("result")));
    }

    /** Every other pair of a state in which something is locked and an action. */
    public static Stream<Gap> gaps() {
        Set<Gap> possible = rows().map(row -> new Gap(row.from(), row.action())).collect(Collectors.toSet());
        return Stream.of(OnChainState.FundsLocked, OnChainState.ResultSubmitted, OnChainState.RefundRequested, OnChainState.Disputed,
                OnChainState.FundsOrDatumInvalid)
                .flatMap(state -> Arrays.stream(EscrowAction.values()).map(action -> new Gap(state, action)))
                .filter(gap -> !possible.contains(gap));
    }
}
