package io.masumi.node.cbor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
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
        CborItem item = parse("9f1801" + "5f42aabb41ccff" + "bf01f5ff" + "ff");
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
        assertThatThrownBy(() -> parse("82" + "0101").setMembers()).isInstanceOf(MalformedCborException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "18", "1c", "1f", "41", "5f41", "5f6161ff", "81", "9bffffffffffffffff", "bf01ff", "a101", "c2", "ff",
            "0000", "7bffffffffffffffff61"})
    void whatIsNotOneItemIsRefused(String hex) {
        assertThatThrownBy(() -> parse(hex)).isInstanceOf(MalformedCborException.class);
    }

    @Test
    void randomBytesAreReadOrRefused() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                assertThat(CborItem.parse(bytes).bytes()).isEqualTo(bytes);
            } catch (MalformedCborException refused) {
                assertThat(refused).hasMessageMatching(".+");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "1bffffffffffffffff", "20", "40", "43010203", "5f4101420203ff", "60", "6161", "80", "8101", "9fff",
            "9f01ff",
            "a0", "a10102", "bfff", "bf0102ff", "c000", "d87980", "f4", "f6", "f97e00", "fb3ff0000000000000", "9f9f9fffffff"})
    void wellFormedItemsAreAccepted(String hex) {
        assertThatCode(() -> CborItem.parse(bytes(hex), 8)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0000", "18", "1c", "1f", "3f", "41", "5f", "5f00ff", "5f5f4101ffff", "5f6161ff", "81", "9f", "a1", "a101",
            "bf",
            "bf01ff", "c0", "ff", "df", "9b7fffffffffffffff", "5bffffffffffffffff", "bb7fffffffffffffff", "bb8000000000000000",
            "818181818181818181818100"})
    void allElseIsRefused(String hex) {
        assertThatThrownBy(() -> CborItem.parse(bytes(hex), 8)).isInstanceOf(MalformedCborException.class);
    }

    @Test
    void depthCostsNoStack() {
        byte[] deep = bytes("81".repeat(1_000_000) + "00");
        assertThat(CborItem.parse(deep, Integer.MAX_VALUE).bytes()).isEqualTo(deep);
        assertThatThrownBy(() -> CborItem.parse(deep, 64)).isInstanceOf(MalformedCborException.class);
        assertThatThrownBy(() -> CborItem.parse(deep)).isInstanceOf(MalformedCborException.class);
    }

    @Test
    void partsAreFoundOneByOne() {
        List<CborItem> parts = parse("84" + "d8798105" + "a10102" + "9f0304ff" + "7f61616162ff").items();
        assertThat(parts.get(0).bytes()).isEqualTo(bytes("d8798105"));
        assertThat(parts.get(0).tag()).hasValue(121);
        assertThat(parts.get(0).untagged().items().getFirst().asInt()).isEqualTo(5);
        assertThat(parts.get(1).entries()).singleElement()
                .satisfies(entry -> assertThat(List.of(entry.getKey().asInt(), entry.getValue().asInt())).containsExactly(1, 2));
        assertThat(parts.get(2).items().stream().map(CborItem::asInt)).containsExactly(3, 4);
        assertThat(parts.get(3).asText()).isEqualTo("ab");
        assertThat(parts.get(3).chunks().stream().map(CborItem::contentLength)).containsExactly(1, 1);
        assertThatThrownBy(() -> parts.get(3).asBytes()).isInstanceOf(MalformedCborException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 255, 256, 65_535, 65_536})
    void whatIsWrittenIsReadBackInTheShortestForm(int length) {
        byte[] content = new byte[length];
        byte[] written = CborWriter.byteString(content);
        assertThat(CborItem.parse(written).asBytes()).isEqualTo(content);
        assertThat(written).hasSize(length + (length < 24 ? 1 : length < 256 ? 2 : length < 65_536 ? 3 : 5));
        assertThat(CborItem.parse(CborWriter.head(CborItem.Kind.UNSIGNED, length)).asInt()).isEqualTo(length);
        assertThat(CborItem.parse(CborWriter.head(CborItem.Kind.UNSIGNED, Long.MAX_VALUE - length)).asLong())
                .isEqualTo(Long.MAX_VALUE - length);
    }

    private static CborItem parse(String hex) {
        return CborItem.parse(HexFormat.of().parseHex(hex));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
