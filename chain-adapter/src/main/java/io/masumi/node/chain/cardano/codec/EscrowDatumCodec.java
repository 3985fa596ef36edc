package io.masumi.node.chain.cardano.codec;

import com.bloxbean.cardano.client.plutus.spec.BigIntPlutusData;
import com.bloxbean.cardano.client.plutus.spec.BytesPlutusData;
import com.bloxbean.cardano.client.plutus.spec.ConstrPlutusData;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The escrow datum as Plutus data: constructor 0 of sixteen fields (docs/contracts.md, "Datum").
 *
 * <p>Reading never throws, whatever the chain holds. A participant held by a script is read (with a null vkey), so that it
 * can be named and refused. Both cooldown times are any number that a party chose, so those too large for a {@code long}
 * are read as the largest; every later action overwrites both, so nothing is lost. A collateral return that no output could
 * hold makes it no escrow datum.
 */
public final class EscrowDatumCodec {

    private static final int FIELDS = 16;
    private static final int RESULT_HASH = 8;
    private static final int SELLER_COOLDOWN = 13;
    private static final int BUYER_COOLDOWN = 14;
    private static final int STATE = 15;
    private static final List<OnChainState> STATES = List.of(OnChainState.FundsLocked, OnChainState.ResultSubmitted,
            OnChainState.RefundRequested, OnChainState.Disputed);

    private EscrowDatumCodec() {}

    /**
     * The datum as data.
     *
     * @throws IllegalArgumentException if an address is none, a byte field is no hex, or the state has no place in a datum
     */
    public static PlutusData encode(EscrowDatum datum) {
        return ConstrPlutusData.of(0, address(datum.buyer()), address(datum.seller()), bytes(datum.referenceKey()),
                bytes(datum.referenceSignature()), bytes(datum.sellerNonce()), bytes(datum.buyerNonce()),
                BigIntPlutusData.of(datum.collateralReturnLovelace()), bytes(datum.inputHash()), bytes(datum.resultHash()),
                BigIntPlutusData.of(datum.times().payByTime()), BigIntPlutusData.of(datum.times().submitResultTime()),
                BigIntPlutusData.of(datum.times().unlockTime()), BigIntPlutusData.of(datum.times().externalDisputeUnlockTime()),
                BigIntPlutusData.of(datum.sellerCooldownTime()), BigIntPlutusData.of(datum.buyerCooldownTime()), state(datum.state()));
    }

    /** The datum as hex CBOR. */
    public static String encodeHex(EscrowDatum datum) {
        return encode(datum).serializeToHex();
    }

    /**
     * Reads a datum.
     *
     * @param hex CBOR, or null
     * @return empty if it is no escrow datum
     */
    public static Optional<EscrowDatum> decode(String hex, Network network) {
        return hex == null ? Optional.empty() : fields(hex).flatMap(fields -> datum(fields, network));
    }

    /**
     * The datum after an action, which keeps every field but these four exactly as it stands on chain.
     *
     * @param hex CBOR of the datum before
     * @param resultHash hex, {@code ""} for none
     * @throws IllegalArgumentException if it is no escrow datum
     */
    public static PlutusData continued(String hex, String resultHash, long sellerCooldownTime, long buyerCooldownTime,
            OnChainState state) {
        List<PlutusData> fields = new ArrayList<>(fields(hex).orElseThrow(() -> new IllegalArgumentException("not an escrow datum")));
        fields.set(RESULT_HASH, bytes(resultHash));
        fields.set(SELLER_COOLDOWN, BigIntPlutusData.of(sellerCooldownTime));
        fields.set(BUYER_COOLDOWN, BigIntPlutusData.of(buyerCooldownTime));
        fields.set(STATE, state(state));
        return ConstrPlutusData.of(0, fields.toArray(PlutusData[]::new));
    }

    private static Optional<List<PlutusData>> fields(String hex) {
        return PlutusBytes.read(hex).flatMap(data -> data instanceof ConstrPlutusData constr && constr.getAlternative() == 0
                && constr.getData().getPlutusDataList().size() == FIELDS
                        ? Optional.of(constr.getData().getPlutusDataList())
                        : Optional.empty());
    }

    private static Optional<EscrowDatum> datum(List<PlutusData> fields, Network network) {
        try {
            return Optional.of(new EscrowDatum(participant(fields.get(0), network), participant(fields.get(1), network),
                    hex(fields.get(2)), hex(fields.get(3)), hex(fields.get(4)), hex(fields.get(5)), lovelace(fields.get(6)),
                    hex(fields.get(7)), hex(fields.get(RESULT_HASH)),
                    new EscrowTimes(time(fields.get(9)), time(fields.get(10)), time(fields.get(11)), time(fields.get(12))),
                    cooldown(fields.get(SELLER_COOLDOWN)), cooldown(fields.get(BUYER_COOLDOWN)), state(fields.get(STATE))));
        } catch (NoSuchElementException e) {
            return Optional.empty();
        }
    }

    private static PlutusData address(Participant participant) {
        return ShelleyAddress.parse(participant.address()).toPlutusData();
    }

    private static Participant participant(PlutusData data, Network network) {
        return ShelleyAddress.fromPlutusData(data, network).orElseThrow().participant();
    }

    private static PlutusData bytes(String hex) {
        return BytesPlutusData.of(HexFormat.of().parseHex(hex));
    }

    private static String hex(PlutusData data) {
        return data instanceof BytesPlutusData bytes ? HexFormat.of().formatHex(bytes.getValue()) : refuse("bytes");
    }

    private static BigInteger integer(PlutusData data) {
        return data instanceof BigIntPlutusData number ? number.getValue() : refuse("a number");
    }

    private static BigInteger natural(PlutusData data) {
        BigInteger number = integer(data);
        return number.signum() >= 0 ? number : refuse("a number from 0");
    }

    /** A number in a datum can have thousands of digits, more than readers of stored events take; no output holds so much. */
    private static BigInteger lovelace(PlutusData data) {
        BigInteger number = natural(data);
        return number.bitLength() < Long.SIZE ? number : refuse("lovelace");
    }

    private static long time(PlutusData data) {
        BigInteger number = natural(data);
        return number.bitLength() < Long.SIZE ? number.longValue() : refuse("a time");
    }

    private static long cooldown(PlutusData data) {
        BigInteger number = integer(data);
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return number.signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    private static PlutusData state(OnChainState state) {
        int constructor = STATES.indexOf(state);
        if (constructor < 0) {
            throw new IllegalArgumentException("a datum has no state " + state);
        }
        return ConstrPlutusData.of(constructor);
    }

    private static OnChainState state(PlutusData data) {
        return data instanceof ConstrPlutusData constr && constr.getData().getPlutusDataList().isEmpty() && constr.getAlternative() >= 0
                && constr.getAlternative() < STATES.size()
                        ? STATES.get((int) constr.getAlternative())
                        : refuse("a state");
    }

    private static <T> T refuse(String expected) {
        throw new NoSuchElementException(expected + " expected");
    }
}
