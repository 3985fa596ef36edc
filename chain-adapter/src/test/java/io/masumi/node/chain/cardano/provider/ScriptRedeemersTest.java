package io.masumi.node.chain.cardano.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.cbor.MalformedCborException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptRedeemersTest {

    private static final List<ChainTransaction.Redeemer> SUBMIT_AT_1 = List.of(new ChainTransaction.Redeemer(1, "d87e80"));

    @Test
    void bothFormsOfRedeemersAreRead() {
        assertThat(read("84a0a10581840001d87e80821864190100f5f6")).isEqualTo(SUBMIT_AT_1);
        assertThat(read("84a0a105a182000182d87e80821864190100f5f6")).isEqualTo(SUBMIT_AT_1);
        assertThat(read("9fa0bf0080059f9f0001d87e80821864190100ffff0480fff5f6ff")).isEqualTo(SUBMIT_AT_1);
        assertThat(read("84a0bf05bf9f0001ff9fd87e80821864190100fffffff5f6")).isEqualTo(SUBMIT_AT_1);
    }

    /** Else one of the parties could move the escrow in a transaction that nobody who follows the contract can read. */
    @Test
    void ofSeveralForTheSameInputTheLastCountsAsTheLedgerHasIt() {
        assertThat(read("84a0a10582840001d87980821864190100840001d87e80821864190100f5f6")).isEqualTo(SUBMIT_AT_1);
        assertThat(read("84a0a105a282000182d8798082186419010082000182d87e80821864190100f5f6")).isEqualTo(SUBMIT_AT_1);
    }

    @Test
    void onlySpendingOnesCountAndNoneIsNone() {
        assertThat(read("84a0a105a282000182d87e8082010182010082d8798082010180f5f6".replace("82010180f5f6", "820101f5f6")))
                .isEqualTo(SUBMIT_AT_1);
        assertThat(read("84a0a0f5f6")).isEmpty();
    }

    @Test
    void whatElseTheTransactionHoldsDoesNotMatter() {
        String deep = "81".repeat(20_000) + "00";
        assertThat(read("84" + "a100" + deep + "a2" + "04" + deep + "0581840001d87e80820101" + "f5" + deep)).isEqualTo(SUBMIT_AT_1);
    }

    @Test
    void whatIsNoTransactionIsRefused() {
        for (String hex : List.of("", "00", "80", "84a0", "84a000", "84a0a105", "84a0a10500", "84a0a105a10000")) {
            assertThatThrownBy(() -> read(hex)).as(hex).isInstanceOf(MalformedCborException.class);
        }
    }

    private static List<ChainTransaction.Redeemer> read(String hex) {
        return ScriptRun.of(HexFormat.of().parseHex(hex)).redeemers();
    }
}
