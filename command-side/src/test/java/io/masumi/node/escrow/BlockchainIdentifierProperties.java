package io.masumi.node.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class BlockchainIdentifierProperties {

    @Property
    void whatIsJoinedComesApartAgain(@ForAll("hex") String seller, @ForAll("hex") String purchaser, @ForAll("hex") String signature,
            @ForAll("hex") String key) {
        BlockchainIdentifier.Parts parts = BlockchainIdentifier.of(seller, purchaser, signature, key).parts();

        assertThat(parts.sellerIdentifier()).isEqualTo(seller);
        assertThat(parts.purchaserIdentifier()).isEqualTo(purchaser);
        assertThat(parts.signature()).isEqualTo(signature);
        assertThat(parts.key()).isEqualTo(key);
        assertThat(parts.identifier()).isEqualTo(BlockchainIdentifier.of(seller, purchaser, signature, key));
    }

    @Provide
    Arbitrary<String> hex() {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(120).map(HexFormat.of()::formatHex);
    }

    @Property(tries = 3000)
    void randomBytesAreNeverMoreThanAnIllegalArgument(@ForAll @Size(min = 1, max = 400) byte[] bytes) {
        isNeverMoreThanAnIllegalArgument(HexFormat.of().formatHex(bytes));
    }

    @Property(tries = 2000)
    void randomTextIsNeverMoreThanAnIllegalArgument(@ForAll @NotEmpty @StringLength(max = 100) String text) {
        isNeverMoreThanAnIllegalArgument(text);
        isNeverMoreThanAnIllegalArgument(HexFormat.of().formatHex(LzString.compress(text)));
    }

    private static void isNeverMoreThanAnIllegalArgument(String value) {
        try {
            new BlockchainIdentifier(value).parts().agentIdentifier();
        } catch (IllegalArgumentException expected) {
            assertThat(expected).hasMessageStartingWith("blockchainIdentifier");
        }
    }

    @Example
    void aDecompressionBombIsRefused() {
        byte[] bomb = LzString.compress("a".repeat(200_000));

        assertThatIllegalArgumentException().isThrownBy(() -> new BlockchainIdentifier(HexFormat.of().formatHex(bomb)).parts())
                .withMessage("blockchainIdentifier is not a compressed identifier");
    }

    @Example
    void lengthsBeyondTheWireContractAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BlockchainIdentifier("a".repeat(8001)));
        assertThatIllegalArgumentException().isThrownBy(() -> new BlockchainIdentifier(""));
    }

    @Example
    void aFifthPartIsKnownButNotThisContractVersions() {
        String text = "aa".repeat(40) + ".bb.cc.dd.addr_test1later";
        BlockchainIdentifier later = new BlockchainIdentifier(HexFormat.of().formatHex(LzString.compress(text)));

        assertThat(later.parts().contractAddress()).contains("addr_test1later");
        assertThat(later.parts().identifier()).isNotEqualTo(later);
    }
}
