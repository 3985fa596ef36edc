package io.masumi.node.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class LzStringProperties {

    @Property
    void anyTextComesBack(@ForAll @StringLength(max = 400) String text) {
        assertThat(LzString.decompress(LzString.compress(text), text.length())).isEqualTo(text);
    }

    @Property
    void repetitiveTextComesBack(@ForAll @StringLength(max = 2000) @CharRange(from = 'a', to = 'c') String text) {
        assertThat(LzString.decompress(LzString.compress(text), text.length())).isEqualTo(text);
    }

    @Property(tries = 5000)
    void anyBytesAreATextWithinTheLimitOrAnIllegalArgument(@ForAll @Size(max = 300) byte[] bytes) {
        try {
            assertThat(LzString.decompress(bytes, 500)).hasSizeLessThanOrEqualTo(500);
        } catch (IllegalArgumentException expected) {
            assertThat(expected).hasMessageMatching("(?s)not LZ-String: .*|compressed text is longer than 500 characters");
        }
    }

    @Property(tries = 2000)
    void aDamagedTextIsAnotherTextOrAnIllegalArgument(@ForAll @StringLength(min = 1, max = 200) String text, @ForAll int where,
            @ForAll byte what) {
        byte[] bytes = LzString.compress(text);
        bytes[Math.floorMod(where, bytes.length)] ^= what;
        try {
            assertThat(LzString.decompress(bytes, 500)).hasSizeLessThanOrEqualTo(500);
        } catch (IllegalArgumentException expected) {
            assertThat(expected).hasMessageMatching("(?s)not LZ-String: .*|compressed text is longer than 500 characters");
        }
    }

    @Example
    void aBombDoesNotGoOff() {
        byte[] bomb = LzString.compress("a".repeat(200_000));

        assertThat(bomb).hasSizeLessThan(2_000);
        assertThatIllegalArgumentException().isThrownBy(() -> LzString.decompress(bomb, 8000))
                .withMessage("compressed text is longer than 8000 characters");
    }
}
