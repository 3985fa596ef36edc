package io.masumi.node.chain.cardano.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.bloxbean.cardano.client.api.model.ProtocolParams;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.cardano.OutputRef;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class WalletFundsTest {

    private static final String TOKEN = "ab".repeat(32);
    private static final ProtocolParams PROTOCOL = ProtocolParams.builder().coinsPerUtxoSize("4310").build();

    private final Utxo five = ada(0, 5);
    private final Utxo seven = ada(1, 7);
    private final Utxo thirty = ada(2, 30);
    private final Utxo hundred = ada(3, 100);
    private final Utxo token = new Utxo(new OutputRef("00", 4), "addr",
            Funds.of(List.of(Amount.lovelace(2_000_000), new Amount(TOKEN, BigInteger.TEN))), null, null, null, null);
    private final Utxo script = new Utxo(new OutputRef("00", 5), "addr", Funds.lovelace(900_000_000), null, null, "cc", null);
    private final WalletFunds funds = funds(hundred, token, five, thirty, script, seven);

    @Test
    void theSmallestOutputThatSufficesIsTaken() {
        assertThat(funds.cover(lovelace(6), List.of())).containsExactly(seven);
        assertThat(funds.cover(lovelace(8), List.of())).containsExactly(thirty);
        assertThat(funds.cover(lovelace(8), List.of(thirty))).containsExactly(hundred);
    }

    @Test
    void theCollateralIsTakenLast() {
        assertThat(funds.keptAsCollateral()).contains(five);
        assertThat(funds.cover(lovelace(4), List.of())).containsExactly(seven);
        assertThat(funds.cover(lovelace(139), List.of())).contains(hundred, thirty, seven, token).doesNotContain(five);
        assertThat(funds.cover(lovelace(144), List.of())).contains(five);
    }

    @Test
    void tokensAreMovedOnlyWhenNeeded() {
        assertThat(funds.cover(lovelace(1), List.of())).doesNotContain(token);
        assertThat(funds.cover(Assets.of(TOKEN, BigInteger.ONE).plus(lovelace(9)), List.of())).containsExactlyInAnyOrder(token, seven);
        assertThatThrownBy(() -> funds.cover(Assets.of(TOKEN, BigInteger.valueOf(11)), List.of()))
                .isInstanceOf(InsufficientFundsException.class).hasMessageContaining("1 " + TOKEN);
    }

    @Test
    void aScriptIsNeverSpent() {
        assertThatThrownBy(() -> funds.cover(lovelace(500), List.of())).isInstanceOf(InsufficientFundsException.class);
        assertThat(funds.seed()).contains(hundred);
    }

    @Test
    void anOutputWithADatumThatWeCannotReadIsNeverSpent() {
        Utxo tagged = withDatum(6, "d87980");
        Utxo strange = withDatum(7, "81".repeat(100) + "00");

        assertThat(funds(strange, tagged).all()).containsExactly(tagged);
    }

    @Test
    void collateralIsWhatIsNotSpentIfPossible() {
        assertThat(funds.collateral(List.of(seven), 3, enough(1))).contains(List.of(five));
        assertThat(funds.collateral(List.of(five), 3, enough(1))).contains(List.of(seven));
        assertThat(funds(seven).collateral(List.of(seven), 3, enough(1))).contains(List.of(seven));
        assertThat(funds(ada(6, 1), ada(7, 2), ada(8, 2)).collateral(List.of(), 3, enough(4)).orElseThrow())
                .containsExactlyInAnyOrder(ada(7, 2), ada(8, 2));
        assertThat(funds(ada(6, 1), ada(7, 2), ada(8, 2)).collateral(List.of(), 3, enough(5)).orElseThrow()).hasSize(3);
        assertThat(funds(ada(6, 1), ada(7, 2), ada(8, 2)).collateral(List.of(), 2, enough(5))).isEmpty();
    }

    private static Predicate<List<Utxo>> enough(long ada) {
        return some -> some.stream().mapToLong(utxo -> utxo.value().lovelace().longValueExact()).sum() >= ada * 1_000_000;
    }

    @Test
    void whatIsPutUpAlreadyIsPutUpAgainAndSpentByNobody() {
        WalletFunds shared = new WalletFunds(new Spendable(List.of(five, seven, thirty), Map.of(), Set.of(seven.ref()), 0), PROTOCOL);

        assertThat(shared.keptAsCollateral()).contains(seven);
        assertThat(shared.collateral(List.of(), 3, enough(1))).contains(List.of(seven));
        assertThat(shared.cover(lovelace(4), List.of())).containsExactly(five);
        assertThatThrownBy(() -> shared.cover(lovelace(36), List.of())).isInstanceOf(InsufficientFundsException.class);
        assertThat(shared.seed()).contains(thirty);
    }

    @Test
    void whatIsOnChainIsSpentBeforeWhatIsNot() {
        WalletFunds mixed = new WalletFunds(new Spendable(List.of(five, seven, thirty, hundred), Map.of(five.ref(), 1, seven.ref(), 2),
                Set.of(), 0), PROTOCOL);

        assertThat(mixed.keptAsCollateral()).contains(thirty);
        assertThat(mixed.cover(lovelace(1), List.of())).containsExactly(hundred);
        assertThat(mixed.cover(lovelace(1), List.of(hundred))).containsExactly(five);
    }

    private static WalletFunds funds(Utxo... spendable) {
        return new WalletFunds(Spendable.of(List.of(spendable)), PROTOCOL);
    }

    private static Assets lovelace(long ada) {
        return Assets.lovelace(BigInteger.valueOf(ada * 1_000_000));
    }

    private static Utxo withDatum(int index, String datum) {
        return new Utxo(new OutputRef("00", index), "addr", Funds.lovelace(6_000_000), null, datum, null, null);
    }

    private static Utxo ada(int index, long ada) {
        return new Utxo(new OutputRef("00", index), "addr", Funds.lovelace(ada * 1_000_000), null, null, null, null);
    }
}
