package io.masumi.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTest {

    @ParameterizedTest
    @CsvSource({"1970-01-02,86400000", "1970-01-01T00:00:01Z,1000", "1970-01-01T00:00:01.234Z,1234", "1970-01-01T01:00:00+01:00,0",
            "1970-01-01T00:00:02,2000", "1969-12-31T23:00:00-01:00,0"})
    void readsWhatTheContractAllows(String text, long millis) {
        assertThat(WireTime.parse(text).millis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "1970-13-01", "1970-01-01T25:00:00Z", "1234567890123", "+999999999-12-31T00:00:00Z"})
    void refusesTheRest(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> WireTime.parse(text)).withMessageContaining("ISO-8601");
    }

    @Test
    void takesAnAbsentTimeForNone() {
        assertThat(WireTime.orNull(null)).isNull();
    }
}
