package io.masumi.node.chain.cardano.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.cbor.MalformedCborException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequiredSignersTest {

    private static final String ONE = "11".repeat(28);
    private static final String TWO = "22".repeat(28);

    @Test
    void bothFormsOfASetAreReadInWholeAndInChunks() {
        String bytes = "581c" + ONE + "581c" + TWO;
        assertThat(read("84a20a000e82" + bytes + "a0f5f6")).containsExactly(ONE, TWO);
        assertThat(read("84a10ed9010282" + bytes + "a0f5f6")).containsExactly(ONE, TWO);
        assertThat(read("9fbf0e9f5f4e" + "11".repeat(14) + "4e" + "11".repeat(14) + "ffff00a0ffa0f5f6ff")).containsExactly(ONE);
        assertThat(read("84a10000a0f5f6")).isEmpty();
    }

    @Test
    void whatIsNoTransactionIsRefused() {
        for (String hex : List.of("", "00", "80", "84a10e", "84a10e8100", "84a10e81581c11", "84a10e815f4000")) {
            assertThatThrownBy(() -> read(hex)).as(hex).isInstanceOf(MalformedCborException.class);
        }
    }

    private static List<String> read(String hex) {
        return ScriptRun.of(HexFormat.of().parseHex(hex)).requiredSigners();
    }
}
