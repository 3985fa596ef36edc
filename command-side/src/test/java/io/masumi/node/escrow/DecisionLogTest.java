package io.masumi.node.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionLogTest {

    @Test
    void spellingDoesNotMatter() {
        assertThat(DecisionLog.inputHash("aa", " {\"b\" : 1.0, \"a\" : [\"\\u0041\"]}"))
                .isEqualTo(DecisionLog.inputHash("aa", "{\"a\":[\"A\"],\"b\":1}"));
    }

    @Test
    void thePurchasersIdentifierAndEveryCharacterMatter() {
        assertThat(DecisionLog.inputHash("aa", "{}")).isNotEqualTo(DecisionLog.inputHash("ab", "{}"));
        assertThat(DecisionLog.resultHash("aa", "x")).isNotEqualTo(DecisionLog.resultHash("aa", "x "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "\"{}\"", "null", "{", "{\"a\":}", "{} {}", "{\"a\":1,\"a\":2}"})
    void whatIsNoJsonObjectIsRefused(String input) {
        assertThatIllegalArgumentException().isThrownBy(() -> DecisionLog.inputHash("aa", input));
    }

    @Test
    void deepNestingDoesNotExhaustTheStack() {
        String deep = "{\"a\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}";

        assertThatIllegalArgumentException().isThrownBy(() -> DecisionLog.inputHash("aa", deep)).withMessageContaining("levels deep");
        assertThat(DecisionLog.inputHash("aa", "{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}")).hasSize(64);
        assertThat(DecisionLog.inputHash("aa", "{\"a\":\"" + "[\\\"".repeat(1000) + "\"}")).hasSize(64);
    }
}
