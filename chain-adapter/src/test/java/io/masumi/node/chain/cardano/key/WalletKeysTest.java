package io.masumi.node.chain.cardano.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.chain.InteropVectors;
import io.masumi.node.escrow.Network;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WalletKeysTest {

    static Stream<InteropVectors.Sale> sales() {
        return InteropVectors.sales();
    }

    @ParameterizedTest
    @MethodSource("sales")
    void aMnemonicIsTheWalletThatOtherNodesMakeOfIt(InteropVectors.Sale sale) {
        WalletIdentity seller = Mnemonics.identity(Network.Preprod, sale.sellerMnemonic());
        assertThat(seller.address()).isEqualTo(sale.sellerAddress());
        assertThat(seller.vkey()).isEqualTo(sale.sellerVkey());
        assertThat(Mnemonics.identity(Network.Preprod, sale.buyerMnemonic()).address()).isEqualTo(sale.buyerAddress());
        assertThat(Mnemonics.identity(Network.Mainnet, sale.sellerMnemonic()).address()).startsWith("addr1");
    }

    @Test
    void freshMnemonicsAreValidAndDiffer() {
        String one = Mnemonics.fresh();
        assertThat(one.split(" ")).hasSize(24);
        assertThat(Mnemonics.fresh()).isNotEqualTo(one);
        assertThat(Mnemonics.identity(Network.Preprod, "  " + one.toUpperCase(java.util.Locale.ROOT).replace(" ", "\n ") + " "))
                .isEqualTo(Mnemonics.identity(Network.Preprod, one));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one two", "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
            "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo"})
    void whatIsNoMnemonicIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> Mnemonics.identity(Network.Preprod, text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mnemonic").hasMessageNotContaining("zoo").hasMessageNotContaining("abandon");
    }
}
