package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.api.model.ProtocolParams;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one output can hold. Anybody can send a wallet tokens, of as many kinds and in as large quantities as they like, but the
 * ledger limits both the size of an output's value and each quantity in it.
 */
final class Bundles {

    /**
     * Most of a token that we put into one output of a wallet. The ledger's decoder takes twice as much ({@code positive_coin} in the
     * Conway CDDL), but much software reads a signed number of 64 bits.
     */
    static final BigInteger MAX_OF_A_TOKEN = BigInteger.valueOf(Long.MAX_VALUE);

    /** Most of a token that an output can hold at all: with more of it no node can decode the transaction. */
    private static final BigInteger LEDGERS_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private static final int USUAL_LARGEST_VALUE = 5_000;

    private final int largestValue;

    Bundles(ProtocolParams protocol) {
        this.largestValue = protocol.getMaxValSize() == null ? USUAL_LARGEST_VALUE : Integer.parseInt(protocol.getMaxValSize());
    }

    /** Most bytes of an output's value. */
    int largestValue() {
        return largestValue;
    }

    /** The tokens as outputs can hold them, without any lovelace; one bundle of nothing if there are none. */
    List<Assets> split(Assets all) {
        List<Assets> bundles = new ArrayList<>();
        Map<String, BigInteger> left = new TreeMap<>(all.withLovelace(BigInteger.ZERO).byUnit());
        while (!left.isEmpty()) {
            bundles.addAll(bySize(left));
            left.replaceAll((_, quantity) -> quantity.subtract(MAX_OF_A_TOKEN));
            left.values().removeIf(quantity -> quantity.signum() <= 0);
        }
        return bundles.isEmpty() ? List.of(Assets.NONE) : bundles;
    }

    /** Each token once, and no more of it than an output is to hold. */
    private List<Assets> bySize(Map<String, BigInteger> quantities) {
        List<Assets> bundles = new ArrayList<>();
        Assets bundle = Assets.NONE;
        ValueSize size = new ValueSize();
        for (Map.Entry<String, BigInteger> each : quantities.entrySet()) {
            BigInteger quantity = each.getValue().min(MAX_OF_A_TOKEN);
            if (size.with(each.getKey(), quantity).bytes() > largestValue) {
                bundles.add(bundle);
                bundle = Assets.NONE;
                size = new ValueSize().with(each.getKey(), quantity);
            }
            bundle = bundle.plus(Assets.of(each.getKey(), quantity));
        }
        bundles.add(bundle);
        return bundles;
    }

    /** Whether one output can hold all of this. */
    boolean fit(Assets value) {
        return value.byUnit().values().stream().allMatch(quantity -> quantity.compareTo(LEDGERS_MAX) <= 0)
                && size(value) <= largestValue;
    }

    /** Bytes of a value's encoding; four more than there are when it has less than 4 294 ADA. */
    static int size(Assets value) {
        ValueSize size = new ValueSize();
        value.withLovelace(BigInteger.ZERO).byUnit().forEach(size::with);
        return size.bytes();
    }
}
