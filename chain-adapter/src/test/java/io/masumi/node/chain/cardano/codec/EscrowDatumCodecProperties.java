package io.masumi.node.chain.cardano.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.address.Credential;
import com.bloxbean.cardano.client.common.model.Networks;
import io.masumi.node.chain.InteropVectors;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import java.math.BigInteger;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EscrowDatumCodecProperties {

    @Property(tries = 300)
    void whatIsWrittenIsReadBack(@ForAll("datums") EscrowDatum datum) {
        assertThat(EscrowDatumCodec.decode(EscrowDatumCodec.encodeHex(datum), Network.Preprod)).contains(datum);
    }

    @Property(tries = 1000)
    void anyBytesAreReadWithoutAnException(@ForAll byte[] bytes) {
        EscrowDatumCodec.decode(HexFormat.of().formatHex(bytes), Network.Preprod);
        RedeemerCodec.decode(HexFormat.of().formatHex(bytes));
    }

    @Property(tries = 2000)
    void aSpoiltDatumIsReadWithoutAnException(@ForAll("places") int place, @ForAll byte value) {
        byte[] bytes = HexFormat.of().parseHex(InteropVectors.sales().findFirst().orElseThrow().datumHex());
        bytes[place] = value;
        EscrowDatumCodec.decode(HexFormat.of().formatHex(bytes), Network.Preprod);
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, InteropVectors.sales().findFirst().orElseThrow().datumHex().length() / 2 - 1);
    }

    @Provide
    Arbitrary<EscrowDatum> datums() {
        Arbitrary<String> hex = Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(300).map(HexFormat.of()::formatHex);
        Arbitrary<Long> time = Arbitraries.longs().between(0, Long.MAX_VALUE);
        Arbitrary<EscrowTimes> times = Combinators.combine(time, time, time, time).as(EscrowTimes::new);
        Arbitrary<OnChainState> state = Arbitraries.of(OnChainState.FundsLocked, OnChainState.ResultSubmitted,
                OnChainState.RefundRequested, OnChainState.Disputed);
        Arbitrary<BigInteger> lovelace = Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.valueOf(Long.MAX_VALUE));
        return Combinators.combine(participants(), participants(), hex.list().ofSize(6), lovelace, times,
                Arbitraries.longs().list().ofSize(2), state)
                .as((buyer, seller, bytes, collateral, each, cooldowns, s) -> new EscrowDatum(buyer, seller, bytes.get(0), bytes.get(1),
                        bytes.get(2), bytes.get(3), collateral, bytes.get(4), bytes.get(5), each, cooldowns.get(0), cooldowns.get(1), s));
    }

    private Arbitrary<Participant> participants() {
        Arbitrary<byte[]> hash = Arbitraries.bytes().array(byte[].class).ofSize(28);
        Arbitrary<Boolean> coin = Arbitraries.of(true, false);
        return Combinators.combine(hash, hash, coin, coin, coin).as((payment, stake, script, staked, stakeScript) -> {
            Credential credential = script ? Credential.fromScript(payment) : Credential.fromKey(payment);
            String bech32 = staked
                    ? AddressProvider.getBaseAddress(credential, stakeScript ? Credential.fromScript(stake) : Credential.fromKey(stake),
                            Networks.testnet()).toBech32()
                    : AddressProvider.getEntAddress(credential, Networks.testnet()).toBech32();
            return new Participant(script ? null : HexFormat.of().formatHex(payment), bech32);
        });
    }
}
