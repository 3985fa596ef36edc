package io.masumi.node.escrow;

import static io.masumi.node.escrow.SaleExample.TIMES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The last column of the state table. */
class TimeLimitsTest {

    @Test
    void lockUntilPayByTime() {
        assertThat(possible(EscrowAction.Lock, false, TIMES.payByTime())).isTrue();
        assertThat(possible(EscrowAction.Lock, false, TIMES.payByTime() + 1)).isFalse();
    }

    @Test
    void submitAResultBeforeSubmitResultTimeOrReplaceOneBeforeExternalDisputeUnlockTime() {
        assertThat(possible(EscrowAction.SubmitResult, false, TIMES.submitResultTime() - 1)).isTrue();
        assertThat(possible(EscrowAction.SubmitResult, false, TIMES.submitResultTime())).isFalse();
        assertThat(possible(EscrowAction.SubmitResult, true, TIMES.submitResultTime())).isTrue();
        assertThat(possible(EscrowAction.SubmitResult, true, TIMES.externalDisputeUnlockTime() - 1)).isTrue();
        assertThat(possible(EscrowAction.SubmitResult, true, TIMES.externalDisputeUnlockTime())).isFalse();
    }

    @Test
    void requestARefundBeforeUnlockTime() {
        assertThat(possible(EscrowAction.RequestRefund, true, TIMES.unlockTime() - 1)).isTrue();
        assertThat(possible(EscrowAction.RequestRefund, true, TIMES.unlockTime())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"CancelRefundRequest", "AuthorizeRefund"})
    void anyTime(EscrowAction action) {
        assertThat(possible(action, true, 0)).isTrue();
        assertThat(possible(action, true, Long.MAX_VALUE)).isTrue();
    }

    @Test
    void withdrawFromUnlockTimeOn() {
        assertThat(possible(EscrowAction.Withdraw, true, TIMES.unlockTime() - 1)).isFalse();
        assertThat(possible(EscrowAction.Withdraw, true, TIMES.unlockTime())).isTrue();
    }

    @Test
    void withdrawARefundFromSubmitResultTimeOnWithoutAResult() {
        assertThat(possible(EscrowAction.WithdrawRefund, false, TIMES.submitResultTime() - 1)).isFalse();
        assertThat(possible(EscrowAction.WithdrawRefund, false, TIMES.submitResultTime())).isTrue();
        assertThat(possible(EscrowAction.WithdrawRefund, true, TIMES.submitResultTime())).isFalse();
    }

    @Test
    void resolveADisputeFromExternalDisputeUnlockTimeOn() {
        assertThat(possible(EscrowAction.WithdrawDisputed, true, TIMES.externalDisputeUnlockTime() - 1)).isFalse();
        assertThat(possible(EscrowAction.WithdrawDisputed, true, TIMES.externalDisputeUnlockTime())).isTrue();
    }

    private static boolean possible(EscrowAction action, boolean resultPresent, long now) {
        return EscrowTable.V1.when(null, action).brokenBy(TIMES, resultPresent, now).isEmpty();
    }
}
