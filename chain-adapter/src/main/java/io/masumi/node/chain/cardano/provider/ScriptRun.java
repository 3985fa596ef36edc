package io.masumi.node.chain.cardano.provider;

import io.masumi.node.cbor.CborItem;
import io.masumi.node.cbor.CborItem.Kind;
import io.masumi.node.cbor.MalformedCborException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a transaction that runs scripts gives them, taken out of its bytes, of which nothing else is read: a stranger's transaction may
 * hold anything that the ledger allows, and none of it may stop us from seeing what it did to an escrow.
 *
 * @param redeemers the spending ones
 * @param requiredSigners key hashes, hex
 */
record ScriptRun(List<ChainTransaction.Redeemer> redeemers, List<String> requiredSigners) {

    static final ScriptRun NONE = new ScriptRun(List.of(), List.of());

    private static final long BODY_REQUIRED_SIGNERS = 14;
    private static final long WITNESS_REDEEMERS = 5;
    private static final BigInteger SPEND = BigInteger.ZERO;

    /** @throws MalformedCborException if these are not the bytes of a transaction */
    static ScriptRun of(byte[] transaction) {
        List<CborItem> parts = CborItem.parse(transaction, Integer.MAX_VALUE).items();
        if (parts.size() < 2) {
            throw new MalformedCborException("a transaction has a body and witnesses");
        }
        // Since Conway a set may be tagged as one.
        List<String> signers = members(parts.get(0), BODY_REQUIRED_SIGNERS).flatMap(set -> set.untagged().items().stream())
                .map(CborItem::asHex).toList();
        Map<Integer, String> redeemers = new LinkedHashMap<>();
        members(parts.get(1), WITNESS_REDEEMERS).forEach(all -> read(all, redeemers));
        return new ScriptRun(
                redeemers.entrySet().stream().map(each -> new ChainTransaction.Redeemer(each.getKey(), each.getValue())).toList(),
                signers);
    }

    private static Stream<CborItem> members(CborItem map, long key) {
        return map.entries().stream().filter(entry -> entry.getKey().asUnsigned().equals(BigInteger.valueOf(key))).map(Map.Entry::getValue);
    }

    /**
     * Either {@code {[tag, index] => [data, units]}} or the older {@code [[tag, index, data, units]]}. The ledger takes several for
     * the same input in either form, and runs the script with the last one.
     */
    private static void read(CborItem redeemers, Map<Integer, String> found) {
        if (redeemers.kind() == Kind.MAP) {
            redeemers.entries().forEach(each -> put(each.getKey().items(2), each.getValue().items(2).getFirst(), found));
        } else {
            redeemers.items().forEach(each -> put(each.items(4), each.items(4).get(2), found));
        }
    }

    private static void put(List<CborItem> pointer, CborItem data, Map<Integer, String> found) {
        if (pointer.get(0).asUnsigned().equals(SPEND)) {
            found.put(pointer.get(1).asInt(), HexFormat.of().formatHex(data.bytes()));
        }
    }
}
