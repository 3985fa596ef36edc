package io.masumi.node.chain.cardano.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CborReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"00", "1bffffffffffffffff", "20", "40", "43010203", "5f4101420203ff", "60", "6161", "80", "8101", "9fff",
            "9f01ff",
            "a0", "a10102", "bfff", "bf0102ff", "c000", "d87980", "f4", "f6", "f97e00", "fb3ff0000000000000", "9f9f9fffffff"})
    void wellFormedItemsAreAccepted(String hex) {
        assertThatCode(() -> CborReader.requireOneItem(bytes(hex), 8)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0000", "18", "1c", "1f", "3f", "41", "5f", "5f00ff", "5f5f4101ffff", "5f6161ff", "81", "9f", "a1", "a101",
            "bf",
            "c0", "ff", "df", "9b7fffffffffffffff", "5bffffffffffffffff", "bb7fffffffffffffff", "bb8000000000000000",
            "818181818181818181818100"})
    void allElseIsRefused(String hex) {
        assertThatThrownBy(() -> CborReader.requireOneItem(bytes(hex), 8)).isInstanceOf(MalformedCborException.class);
    }

    @Test
    void depthCostsNoStack() {
        byte[] deep = bytes("81".repeat(1_000_000) + "00");
        assertThat(new CborReader(deep).item()).isEqualTo(deep);
        assertThatThrownBy(() -> CborReader.requireOneItem(deep, 64)).isInstanceOf(MalformedCborException.class);
    }

    @Test
    void itemsAreTakenOneByOne() {
        CborReader reader = new CborReader(bytes("83" + "d87981" + "05" + "a10102" + "9f0304ff"));
        assertThat(reader.enterArray()).isEqualTo(3);
        assertThat(reader.item()).isEqualTo(bytes("d8798105"));
        assertThat(reader.enterMap()).isEqualTo(1);
        assertThat(reader.unsigned()).isEqualTo(1);
        assertThat(reader.unsigned()).isEqualTo(2);
        assertThat(reader.enterArray()).isEqualTo(-1);
        assertThat(reader.unsigned()).isEqualTo(3);
        assertThat(reader.atBreak()).isFalse();
        assertThat(reader.unsigned()).isEqualTo(4);
        assertThat(reader.atBreak()).isTrue();
        assertThatThrownBy(reader::peek).isInstanceOf(MalformedCborException.class);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
