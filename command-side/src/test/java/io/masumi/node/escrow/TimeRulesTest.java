package io.masumi.node.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "Terms of a sale" (docs/domain.md), with times in minutes from now. */
class TimeRulesTest {

    private static final long NOW = 1_790_000_000_000L;

    @ParameterizedTest
    @CsvSource(textBlock = """
            # payBy, submitResult, unlock, dispute
            -5, 15, 30, 45
            10, 15, 30, 45
            10, 15, 900, 9000
            """)
    void theLeastDistancesAreEnough(int payBy, int submitResult, int unlock, int dispute) {
        assertThat(TimeRules.STANDARD.brokenBy(times(payBy, submitResult, unlock, dispute), NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            -6, 15, 30, 45, payByTime must not be more than 5 minutes in the past
            11, 15, 30, 45, payByTime must be at least 5 minutes before submitResultTime
            5,  14, 30, 45, submitResultTime must be at least 15 minutes in the future
            10, 15, 29, 45, unlockTime must be at least 15 minutes after submitResultTime
            10, 15, 30, 44, externalDisputeUnlockTime must be at least 15 minutes after unlockTime
            """)
    void aMinuteLessIsNot(int payBy, int submitResult, int unlock, int dispute, String rule) {
        assertThat(TimeRules.STANDARD.brokenBy(times(payBy, submitResult, unlock, dispute), NOW)).contains(rule);
    }

    @Test
    void timesSoLargeThatSumsOverflowAreNotBelieved() {
        EscrowTimes endless = new EscrowTimes(NOW, Long.MAX_VALUE, NOW, NOW);

        assertThat(TimeRules.STANDARD.brokenBy(endless, NOW)).contains("times must lie between the years 1970 and 9999");
        assertThat(TimeRules.STANDARD.brokenBy(new EscrowTimes(-1, NOW, NOW, NOW), NOW)).isPresent();
    }

    @Test
    void whatASellerLeavesOpenIsFilledIn() {
        EscrowTimes filledIn = TimeRules.STANDARD.complete(null, null, null, null, NOW);

        assertThat(filledIn).isEqualTo(times(12 * 60 - 5, 12 * 60, 18 * 60, 24 * 60));
        assertThat(TimeRules.STANDARD.brokenBy(filledIn, NOW)).isEmpty();
        assertThat(TimeRules.STANDARD.complete(1L, 2L, 3L, 4L, NOW)).isEqualTo(new EscrowTimes(1, 2, 3, 4));
    }

    @Test
    void whatWasSentIsWhatIsBlamed() {
        EscrowTimes onlySubmitResult = TimeRules.STANDARD.complete(null, at(-2), null, null, NOW);

        assertThat(TimeRules.STANDARD.brokenBy(onlySubmitResult, NOW))
                .hasValueSatisfying(rule -> assertThat(rule).startsWith("submitResultTime"));
    }

    private static EscrowTimes times(int payBy, int submitResult, int unlock, int dispute) {
        return new EscrowTimes(at(payBy), at(submitResult), at(unlock), at(dispute));
    }

    private static long at(int minutes) {
        return NOW + Duration.ofMinutes(minutes).toMillis();
    }
}
