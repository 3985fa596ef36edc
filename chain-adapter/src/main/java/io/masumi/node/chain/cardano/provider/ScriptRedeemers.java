package io.masumi.node.chain.cardano.provider;

import io.masumi.node.chain.cardano.codec.CborReader;
import io.masumi.node.chain.cardano.codec.CborReader.Major;
import io.masumi.node.chain.cardano.codec.MalformedCborException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the spending redeemers out of a transaction's bytes, and reads nothing else of them: a stranger's transaction may
 * hold anything that the ledger allows, and none of it may stop us from seeing what it did to an escrow.
 */
final class ScriptRedeemers {

    private static final long WITNESS_REDEEMERS = 5;
    private static final long SPEND = 0;

    private ScriptRedeemers() {}

    /** @throws MalformedCborException if these are not the bytes of a transaction */
    static List<ChainTransaction.Redeemer> spending(byte[] transaction) {
        CborReader reader = new CborReader(transaction);
        reader.enterArray();
        reader.item();
        Map<Long, String> found = new LinkedHashMap<>();
        long pairs = reader.enterMap();
        for (long i = 0; pairs < 0 ? !reader.atBreak() : i < pairs; i++) {
            if (reader.unsigned() == WITNESS_REDEEMERS) {
                read(reader, found);
            } else {
                reader.item();
            }
        }
        return found.entrySet().stream().map(each -> new ChainTransaction.Redeemer(each.getKey().intValue(), each.getValue())).toList();
    }

    /**
     * Either {@code {[tag, index] => [data, units]}} or the older {@code [[tag, index, data, units]]}. The ledger takes several for
     * the same input in either form, and runs the script with the last one.
     */
    private static void read(CborReader reader, Map<Long, String> found) {
        boolean map = reader.peek() == Major.MAP;
        long count = map ? reader.enterMap() : reader.enterArray();
        for (long i = 0; count < 0 ? !reader.atBreak() : i < count; i++) {
            long head = reader.enterArray();
            long tag = reader.unsigned();
            long index = reader.unsigned();
            long value = head;
            if (map) {
                end(reader, head);
                value = reader.enterArray();
            }
            String data = HexFormat.of().formatHex(reader.item());
            reader.item();
            end(reader, value);
            if (tag == SPEND) {
                found.put(index, data);
            }
        }
    }

    private static void end(CborReader reader, long length) {
        if (length < 0 && !reader.atBreak()) {
            throw new MalformedCborException("a redeemer of another shape");
        }
    }
}
