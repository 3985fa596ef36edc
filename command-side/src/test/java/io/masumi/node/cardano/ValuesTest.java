package io.masumi.node.cardano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.masumi.node.NodeJson;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValuesTest {

    static Stream<Object> values() {
        return Stream.of(new TransactionHash("ab".repeat(32)), new PolicyId("ab".repeat(28)), new KeyHash("0c".repeat(28)),
                new Address("addr_test1vz"), new Lovelace(45_000_000_000_000_000L), new OutputRef("ab".repeat(32), 3));
    }

    @ParameterizedTest
    @MethodSource("values")
    void areReadBackFromWhatTheyAreWrittenAs(Object value) throws JsonProcessingException {
        assertThat(NodeJson.MAPPER.readValue(NodeJson.MAPPER.writeValueAsString(value), (Class<?>) value.getClass())).isEqualTo(value);
    }

    @Test
    void arePlainTextsAndNumbersInJson() throws JsonProcessingException {
        assertThat(NodeJson.MAPPER.writeValueAsString(new KeyHash("0c".repeat(28)))).isEqualTo('"' + "0c".repeat(28) + '"');
        assertThat(NodeJson.MAPPER.writeValueAsString(new Lovelace(7))).isEqualTo("7");
        assertThat(NodeJson.MAPPER.writeValueAsString(new OutputRef("ab".repeat(32), 3)))
                .isEqualTo("{\"transactionHash\":\"" + "ab".repeat(32) + "\",\"index\":3}");
    }

    static Stream<Arguments> wrong() {
        Function<String, Object> hash = TransactionHash::new;
        Function<String, Object> policy = PolicyId::new;
        Function<String, Object> key = KeyHash::new;
        Function<String, Object> address = Address::new;
        return Stream.of(Arguments.of(hash, null), Arguments.of(hash, "ab".repeat(28)), Arguments.of(hash, "AB".repeat(32)),
                Arguments.of(policy, ""), Arguments.of(policy, "ab".repeat(32)), Arguments.of(key, "0x".repeat(28)),
                Arguments.of(key, "ab".repeat(28) + " "), Arguments.of(address, "stake1u"),
                Arguments.of(address, "addr1" + "a".repeat(250)),
                Arguments.of(address, "ADDR1V"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void cannotBeWhatTheirNamesDoNotSay(Function<String, Object> type, String text) {
        assertThatThrownBy(() -> type.apply(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofMoneyAreNeverNegative() {
        assertThatThrownBy(() -> new Lovelace(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
