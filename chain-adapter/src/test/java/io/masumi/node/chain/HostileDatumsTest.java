package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.escrow.Network;

class HostileDatumsTest {

    static final List<String> ENCODINGS = HostileDatums.ENCODINGS;

    private static final String GOOD = InteropVectors.sales().findFirst().orElseThrow().datumHex();

    @ParameterizedTest
    @FieldSource("ENCODINGS")
    void theSameDatumInAnyValidEncodingIsRead(String encoding) {
        assertThat(EscrowDatumCodec.decode(HostileDatums.encoded(GOOD, encoding), Network.Preprod)).isPresent()
                .isEqualTo(EscrowDatumCodec.decode(GOOD, Network.Preprod));
    }
}
