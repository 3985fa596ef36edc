package io.masumi.node.escrow;

import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The settings {@code masumi.terms.*}; each that is absent is as in {@link TimeRules#STANDARD}. */
@ConfigurationProperties("masumi.terms")
record TermsSettings(Duration payByBeforeSubmitResult, Duration payByGrace, Duration submitResultAhead, Duration unlockAfterSubmitResult,
        Duration disputeAfterUnlock, Duration defaultSubmitResultAhead, Duration defaultUnlockAfterSubmitResult,
        Duration defaultDisputeAfterSubmitResult) {

    TimeRules rules() {
        TimeRules standard = TimeRules.STANDARD;
        return new TimeRules(
                Objects.requireNonNullElse(payByBeforeSubmitResult, standard.payByBeforeSubmitResult()),
                Objects.requireNonNullElse(payByGrace, standard.payByGrace()),
                Objects.requireNonNullElse(submitResultAhead, standard.submitResultAhead()),
                Objects.requireNonNullElse(unlockAfterSubmitResult, standard.unlockAfterSubmitResult()),
                Objects.requireNonNullElse(disputeAfterUnlock, standard.disputeAfterUnlock()),
                Objects.requireNonNullElse(defaultSubmitResultAhead, standard.defaultSubmitResultAhead()),
                Objects.requireNonNullElse(defaultUnlockAfterSubmitResult, standard.defaultUnlockAfterSubmitResult()),
                Objects.requireNonNullElse(defaultDisputeAfterSubmitResult, standard.defaultDisputeAfterSubmitResult()));
    }
}
