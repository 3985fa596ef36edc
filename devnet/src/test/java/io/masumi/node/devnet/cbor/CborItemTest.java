package io.masumi.node.devnet.cbor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reading keeps the original bytes; bytes that are not CBOR are refused and do no harm. */
class CborItemTest {
    @ParameterizedTest
    @CsvSource({"00,0", "17,23", "1818,24", "1bffffffffffffffff,18446744073709551615", "20,-1", "3bffffffffffffffff,-18446744073709551616"})
    void integers(String hex, BigInteger value) {
        assertThat(parse(hex).asInteger()).isEqualTo(value);
    }

    @Test
    void slicesAreAsSent() {
        // An indefinite array of a padded integer, chunked bytes and an indefinite map.
        var item = parse("9f1801" + "5f42aabb41ccff" + "bf01f5ff" + "ff");
        assertThat(item.items().stream().map(part -> HexFormat.of().formatHex(part.bytes())).toList()).containsExactly("1801",
                "5f42aabb41ccff",
                "bf01f5ff");
        assertThat(item.items().get(1).asHex()).isEqualTo("aabbcc");
        assertThat(item.items().get(2).member(1).orElseThrow().asBoolean()).isTrue();
        assertThat(item.size()).isEqualTo(15);
    }

    @Test
    void setsHaveATagOrNone() {
        assertThat(parse("d9010282" + "0102").setMembers()).hasSize(2);
        assertThat(parse("82" + "0102").setMembers()).hasSize(2);
        assertThatThrownBy(() -> parse("82" + "0101").setMembers()).isInstanceOf(MalformedCbor.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "18", "1c", "1f", "41", "5f41", "5f6161ff", "81", "9bffffffffffffffff", "bf01ff", "a101", "c2", "ff",
            "0000", "7bffffffffffffffff61"})
    void whatIsNotOneItemIsRefused(String hex) {
        assertThatThrownBy(() -> parse(hex)).isInstanceOf(MalformedCbor.class);
    }

    @Test
    void randomBytesAreReadOrRefused() {
        var random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                assertThat(CborItem.parse(bytes).bytes()).isEqualTo(bytes);
            } catch (MalformedCbor refused) {
                assertThat(refused).hasMessageMatching(".+");
            }
        }
    }

    private static CborItem parse(String hex) {
        return CborItem.parse(HexFormat.of().parseHex(hex));
    }
}
