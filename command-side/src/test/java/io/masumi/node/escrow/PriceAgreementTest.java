package io.masumi.node.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.RejectedException;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceAgreementTest {

    private static final AgentPricing DYNAMIC = new AgentPricing(PricingType.Dynamic, Funds.NONE);
    private static final Amount TOKENS = new Amount("ff".repeat(28) + "aa", BigInteger.valueOf(5));
    private static final Amount ADA = Amount.lovelace(5_000_000);

    @Test
    void signsRequestedFundsInTheOrderTheyWereNamed() {
        assertThat(PriceAgreement.ofPayment(DYNAMIC, List.of(TOKENS, ADA)).signedFunds()).containsExactly(TOKENS, ADA);
    }

    @Test
    void refusesAUnitThatIsNamedTwice() {
        assertThatThrownBy(() -> PriceAgreement.ofPayment(DYNAMIC, List.of(ADA, Amount.lovelace(5))))
                .isInstanceOf(RejectedException.class).hasMessageContaining("each unit once");
    }
}
