package io.masumi.node.escrow;

import static io.masumi.node.escrow.SaleExample.POLICY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.masumi.node.NodeJson;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FundsTest {

    private static final Funds TOKENS = Funds.of(List.of(Amount.parse(POLICY, "3")));

    @Test
    void amountsOfAUnitAreSummedAndZerosDropped() {
        Funds funds = Funds.of(List.of(Amount.parse("Lovelace", "2"), Amount.parse("", "3"), Amount.parse(POLICY.toUpperCase(), "0")));

        assertThat(funds).isEqualTo(Funds.lovelace(5));
        assertThat(funds.nativeAssets()).isEmpty();
    }

    @Test
    void subtractingNeedsEnoughOfEveryUnit() {
        Funds both = Funds.lovelace(5).plus(TOKENS);

        assertThat(both.minus(TOKENS)).isEqualTo(Funds.lovelace(5));
        assertThat(both.minus(both)).isEqualTo(Funds.NONE);
        assertThat(both.covers(Funds.lovelace(6))).isFalse();
        assertThat(Funds.lovelace(100).covers(TOKENS)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Funds.lovelace(100).minus(TOKENS));
    }

    @Test
    void largeAmountsSurviveStorage() throws JsonProcessingException {
        Funds large = Funds.of(List.of(new Amount("", new BigInteger("9".repeat(25))), new Amount(POLICY, BigInteger.ONE)));

        assertThat(NodeJson.MAPPER.readValue(NodeJson.MAPPER.writeValueAsString(large), Funds.class)).isEqualTo(large);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "lovelaces", "7e8b", "zz8bdaf2b2b919a3a4b94002cafb50086c0c845fe535d07a77ab7f77",
            "7e8bdaf2b2b919a3a4b94002cafb50086c0c845fe535d07a77ab7f77a"})
    void whatIsNoUnitIsRefused(String unit) {
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.parse(unit, "1")).withMessageContaining("unit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.0", "1e3", " 1", "+1", "٣", "9223372036854775808", "99999999999999999999999999"})
    void whatIsNoDecimalAmountIsRefused(String amount) {
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.parse("", amount)).withMessageContaining("amount");
    }
}
