package io.masumi.node.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NextActionTest {

    private static final Set<String> OF_PAYMENTS = Set.of("None", "Ignore", "WaitingForManualAction", "WaitingForExternalAction",
            "SubmitResultRequested", "SubmitResultInitiated", "WithdrawRequested", "WithdrawInitiated", "AuthorizeRefundRequested",
            "AuthorizeRefundInitiated");
    private static final Set<String> OF_PURCHASES = Set.of("FundsLockingRequested", "FundsLockingInitiated",
            "SetRefundRequestedRequested", "SetRefundRequestedInitiated", "UnSetRefundRequestedRequested", "UnSetRefundRequestedInitiated",
            "WithdrawRefundRequested", "WithdrawRefundInitiated");

    @Test
    void wireNamesAreThoseOfTheWireContract() {
        Set<String> names = new TreeSet<>();
        for (NextAction.Phase phase : NextAction.Phase.values()) {
            for (EscrowAction action : EscrowAction.values()) {
                if (action != EscrowAction.WithdrawDisputed) {
                    names.add(new NextAction(phase, action, null, null, null, null).wireName());
                }
            }
        }
        Set<String> known = new TreeSet<>(OF_PAYMENTS);
        known.addAll(OF_PURCHASES);

        assertThat(names).isEqualTo(known);
    }

    @Test
    void aWantedActionStaysWantedWhileTheStateStillAllowsIt() {
        NextAction wanted = NextAction.requested(EscrowAction.SubmitResult, "aa");

        assertThat(wanted.after(EscrowAction.RequestRefund, OnChainState.RefundRequested)).isEqualTo(wanted);
        assertThat(wanted.after(EscrowAction.SubmitResult, OnChainState.ResultSubmitted)).isEqualTo(NextAction.WAIT);
        assertThat(wanted.after(EscrowAction.WithdrawRefund, OnChainState.RefundWithdrawn)).isEqualTo(NextAction.NONE);
        assertThat(NextAction.requested(EscrowAction.Withdraw, null).after(EscrowAction.RequestRefund, OnChainState.Disputed))
                .isEqualTo(NextAction.WAIT);
    }
}
