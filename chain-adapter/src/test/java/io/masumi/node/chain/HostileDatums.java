package io.masumi.node.chain;

import com.bloxbean.cardano.client.exception.CborDeserializationException;
import com.bloxbean.cardano.client.plutus.spec.ConstrPlutusData;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Data that looks like an escrow datum and is none, and an escrow datum in other encodings than ours. */
final class HostileDatums {

    /** Names of ways to write the same data. */
    static final List<String> ENCODINGS = List.of("indefinite", "definite", "general constructor", "numbers as big numbers");

    private static final int STATE = 15;

    private HostileDatums() {}

    /** By what is wrong with it. @param good hex of an escrow datum */
    static Map<String, String> madeOf(String good) {
        List<String> fields = fields(good);
        Map<String, String> hostile = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            boolean number = i == 6 || i >= 9 && i < STATE;
            boolean bytes = !number && i > 1 && i < STATE;
            hostile.put("field " + i + " of another type", with(fields, i, number ? "41ff" : bytes ? "00" : "80"));
            hostile.put("field " + i + " is a map", with(fields, i, "a10000"));
            hostile.put("field " + i + " missing", constructor(without(fields, i)));
        }
        for (int i : List.of(0, 1)) {
            String key = "d8799f581c" + "ab".repeat(28) + "ff";
            hostile.put("party " + i + " with a pointer", with(fields, i, "d8799f" + key + "d8799fd87a9f010203ffffff"));
            hostile.put("party " + i + " with a short hash", with(fields, i, "d8799fd8799f41abffd87a80ff"));
            hostile.put("party " + i + " of another kind of credential", with(fields, i, "d8799fd87b9f581c" + "ab".repeat(28)
                    + "ffd87a80ff"));
            hostile.put("party " + i + " nested deep", with(fields, i, "d8799f".repeat(100) + "ff".repeat(100)));
        }
        for (int i = 9; i <= 12; i++) {
            hostile.put("time " + i + " negative", with(fields, i, "20"));
            hostile.put("time " + i + " too large", with(fields, i, "1bffffffffffffffff"));
            hostile.put("time " + i + " huge", with(fields, i, huge(40)));
        }
        hostile.put("collateral return negative", with(fields, 6, "20"));
        hostile.put("collateral return huge", with(fields, 6, huge(100)));
        hostile.put("another state", with(fields, STATE, "d87d80"));
        hostile.put("a state with a field", with(fields, STATE, "d8799f00ff"));
        hostile.put("seller nonce that is no text", with(fields, 4, "42fffe"));
        hostile.put("no seller nonce", with(fields, 4, "40"));
        hostile.put("another constructor", "d87a" + constructor(fields).substring(4));
        hostile.put("a list", "9f" + String.join("", fields) + "ff");
        hostile.put("seventeen fields", constructor(withMore(fields)));
        hostile.put("a number", "00");
        hostile.put("nested deep", "9f".repeat(200) + "ff".repeat(200));
        hostile.put("large", "5f" + ("5840" + "ab".repeat(64)).repeat(100) + "ff");
        hostile.put("empty", "d87980");
        return hostile;
    }

    static String encoded(String good, String encoding) {
        List<String> fields = fields(good);
        return switch (encoding) {
            case "indefinite" -> constructor(fields);
            case "definite" -> "d87990" + String.join("", fields);
            case "general constructor" -> "d8668200" + "9f" + String.join("", fields) + "ff";
            case "numbers as big numbers" -> {
                List<String> big = new ArrayList<>(fields);
                for (int i = 9; i <= 12; i++) {
                    // 1b and eight bytes: the same eight bytes as a big number.
                    big.set(i, "c248" + fields.get(i).substring(2));
                }
                yield constructor(big);
            }
            default -> throw new IllegalArgumentException(encoding);
        };
    }

    private static String huge(int chunks) {
        return "c25f" + ("5840" + "ff".repeat(64)).repeat(chunks) + "ff";
    }

    private static List<String> fields(String datum) {
        try {
            ConstrPlutusData constructor = (ConstrPlutusData) PlutusData.deserialize(HexFormat.of().parseHex(datum));
            return constructor.getData().getPlutusDataList().stream().map(PlutusData::serializeToHex).collect(Collectors.toList());
        } catch (CborDeserializationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String with(List<String> fields, int index, String hex) {
        List<String> changed = new ArrayList<>(fields);
        changed.set(index, hex);
        return constructor(changed);
    }

    private static List<String> without(List<String> fields, int index) {
        List<String> fewer = new ArrayList<>(fields);
        fewer.remove(index);
        return fewer;
    }

    private static List<String> withMore(List<String> fields) {
        List<String> more = new ArrayList<>(fields);
        more.add("00");
        return more;
    }

    private static String constructor(List<String> fields) {
        return "d8799f" + String.join("", fields) + "ff";
    }
}
