package io.masumi.node.devnet.cbor;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One CBOR item together with the place where it stands in the bytes it was read from.
 *
 * <p>Everything the ledger hashes or measures (body, datums, redeemers, auxiliary data, outputs) is hashed and measured
 * as it was sent. Decoding and encoding again may give other bytes for the same meaning, so the original slice of every
 * item stays at hand: {@link #bytes()}.
 */
public final class CborItem {
    /** Deeper nesting than any honest transaction needs; bounds the recursion on hostile input. */
    private static final int MAXIMUM_DEPTH = 400;
    private static final int SET_TAG = 258;
    private static final int BREAK = 0xff;

    /** The major types of RFC 8949. */
    public enum Kind {
        UNSIGNED,
        NEGATIVE,
        BYTES,
        TEXT,
        ARRAY,
        MAP,
        TAG,
        SIMPLE
    }

    private final byte[] source;
    private final int start;
    private final int end;
    private final Kind kind;
    private final BigInteger argument;
    private final byte[] content;
    private final List<CborItem> children;

    private CborItem(byte[] source, int start, int end, Kind kind, BigInteger argument, byte[] content, List<CborItem> children) {
        this.source = source;
        this.start = start;
        this.end = end;
        this.kind = kind;
        this.argument = argument;
        this.content = content;
        this.children = children;
    }

    /**
     * @param bytes exactly one item
     * @throws MalformedCbor when the bytes are not exactly one well-formed item
     */
    public static CborItem parse(byte[] bytes) {
        var reader = new Reader(bytes.clone());
        var item = reader.item(0);
        if (reader.position != bytes.length) {
            throw new MalformedCbor((bytes.length - reader.position) + " bytes follow the item");
        }
        return item;
    }

    public Kind kind() {
        return kind;
    }

    /** The item exactly as it was sent. */
    public byte[] bytes() {
        return Arrays.copyOfRange(source, start, end);
    }

    public int size() {
        return end - start;
    }

    public boolean isNull() {
        return kind == Kind.SIMPLE && argument.intValue() == 22;
    }

    /** @throws MalformedCbor when this is not a boolean */
    public boolean asBoolean() {
        if (kind == Kind.SIMPLE && (argument.intValue() == 20 || argument.intValue() == 21)) {
            return argument.intValue() == 21;
        }
        throw new MalformedCbor("a boolean is expected, not " + kind);
    }

    /** @throws MalformedCbor when this is not an integer of major type 0 or 1 */
    public BigInteger asInteger() {
        return switch (kind) {
            case UNSIGNED -> argument;
            case NEGATIVE -> argument.negate().subtract(BigInteger.ONE);
            default -> throw new MalformedCbor("an integer is expected, not " + kind);
        };
    }

    /** @throws MalformedCbor when this is not a non-negative integer below 2^63 */
    public long asLong() {
        require(Kind.UNSIGNED);
        if (argument.bitLength() > 63) {
            throw new MalformedCbor("the number " + argument + " is too large");
        }
        return argument.longValue();
    }

    /** @throws MalformedCbor when this is not a non-negative integer below 2^31 */
    public int asInt() {
        long value = asLong();
        if (value > Integer.MAX_VALUE) {
            throw new MalformedCbor("the number " + value + " is too large");
        }
        return (int) value;
    }

    public BigInteger asUnsigned() {
        require(Kind.UNSIGNED);
        return argument;
    }

    public byte[] asBytes() {
        require(Kind.BYTES);
        return content.clone();
    }

    public byte[] asBytes(int length) {
        byte[] bytes = asBytes();
        if (bytes.length != length) {
            throw new MalformedCbor(length + " bytes are expected, not " + bytes.length);
        }
        return bytes;
    }

    public String asHex() {
        require(Kind.BYTES);
        return HexFormat.of().formatHex(content);
    }

    public String asHex(int length) {
        return HexFormat.of().formatHex(asBytes(length));
    }

    public String asText() {
        require(Kind.TEXT);
        return new String(content, StandardCharsets.UTF_8);
    }

    /** The pieces that a byte or text string was sent in: itself unless its length was indefinite. */
    public List<CborItem> chunks() {
        return isIndefinite() ? children : List.of(this);
    }

    private boolean isIndefinite() {
        return (source[start] & 0x1f) == 31;
    }

    /** The byte length of a byte or text string. */
    public int contentLength() {
        return content.length;
    }

    public List<CborItem> items() {
        require(Kind.ARRAY);
        return children;
    }

    public List<CborItem> items(int count) {
        var items = items();
        if (items.size() != count) {
            throw new MalformedCbor("an array of " + count + " is expected, not of " + items.size());
        }
        return items;
    }

    /** The members of a set, with or without the tag 258 of the Conway era; members may not repeat. */
    public List<CborItem> setMembers() {
        var members = (kind == Kind.TAG && argument.intValue() == SET_TAG ? children.getFirst() : this).items();
        var seen = new HashSet<String>();
        for (var member : members) {
            if (!seen.add(HexFormat.of().formatHex(member.bytes()))) {
                throw new MalformedCbor("a set holds the same member twice");
            }
        }
        return members;
    }

    public List<Map.Entry<CborItem, CborItem>> entries() {
        require(Kind.MAP);
        var entries = new ArrayList<Map.Entry<CborItem, CborItem>>();
        for (int i = 0; i < children.size(); i += 2) {
            entries.add(Map.entry(children.get(i), children.get(i + 1)));
        }
        return List.copyOf(entries);
    }

    /** The value under a small unsigned key of a map. */
    public Optional<CborItem> member(int key) {
        return entries().stream()
                .filter(entry -> entry.getKey().kind == Kind.UNSIGNED && entry.getKey().argument.equals(BigInteger.valueOf(key)))
                .map(Map.Entry::getValue).findFirst();
    }

    public OptionalLong tag() {
        return kind == Kind.TAG ? OptionalLong.of(argument.longValue()) : OptionalLong.empty();
    }

    /** The tagged item; the item itself when it has no tag. */
    public CborItem untagged() {
        return kind == Kind.TAG ? children.getFirst() : this;
    }

    private void require(Kind expected) {
        if (kind != expected) {
            throw new MalformedCbor(expected + " is expected, not " + kind);
        }
    }

    private static final class Reader {
        private final byte[] bytes;
        private int position;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        CborItem item(int depth) {
            if (depth > MAXIMUM_DEPTH) {
                throw new MalformedCbor("nested deeper than " + MAXIMUM_DEPTH);
            }
            int start = position;
            int initial = next();
            var kind = Kind.values()[initial >> 5];
            int information = initial & 0x1f;
            boolean indefinite = information == 31;
            if (indefinite && (kind == Kind.UNSIGNED || kind == Kind.NEGATIVE || kind == Kind.TAG || kind == Kind.SIMPLE)) {
                throw new MalformedCbor("an item of kind " + kind + " cannot be indefinite");
            }
            var argument = indefinite ? BigInteger.ZERO : argument(information);
            byte[] content = new byte[0];
            List<CborItem> children = List.of();
            switch (kind) {
                case BYTES, TEXT -> {
                    children = indefinite ? chunks(kind, depth) : List.of();
                    content = indefinite ? joined(children) : take(argument);
                }
                case ARRAY -> children = indefinite ? untilBreak(depth) : items(argument, 1, depth);
                case MAP -> {
                    children = indefinite ? untilBreak(depth) : items(argument, 2, depth);
                    if (children.size() % 2 != 0) {
                        throw new MalformedCbor("a map has a key without a value");
                    }
                }
                case TAG -> children = List.of(item(depth + 1));
                case UNSIGNED, NEGATIVE, SIMPLE -> {
                }
            }
            return new CborItem(bytes, start, position, kind, argument, content, children);
        }

        private List<CborItem> items(BigInteger count, int factor, int depth) {
            if (count.bitLength() > 30 || count.intValue() * (long) factor > bytes.length - position) {
                throw new MalformedCbor("more items are announced than there are bytes");
            }
            var items = new ArrayList<CborItem>();
            for (int i = 0; i < count.intValue() * factor; i++) {
                items.add(item(depth + 1));
            }
            return List.copyOf(items);
        }

        private List<CborItem> untilBreak(int depth) {
            var items = new ArrayList<CborItem>();
            while (!atBreak()) {
                items.add(item(depth + 1));
            }
            return List.copyOf(items);
        }

        private List<CborItem> chunks(Kind kind, int depth) {
            var chunks = untilBreak(depth);
            if (chunks.stream().anyMatch(chunk -> chunk.kind != kind || chunk.isIndefinite())) {
                throw new MalformedCbor("a chunk of another kind");
            }
            return chunks;
        }

        private static byte[] joined(List<CborItem> chunks) {
            var joined = new ByteArrayOutputStream();
            chunks.forEach(chunk -> joined.writeBytes(chunk.content));
            return joined.toByteArray();
        }

        private boolean atBreak() {
            if (position >= bytes.length) {
                throw new MalformedCbor("the bytes end inside an item");
            }
            if ((bytes[position] & 0xff) == BREAK) {
                position++;
                return true;
            }
            return false;
        }

        private BigInteger argument(int information) {
            if (information < 24) {
                return BigInteger.valueOf(information);
            }
            if (information > 27) {
                throw new MalformedCbor("reserved additional information " + information);
            }
            return new BigInteger(1, take(BigInteger.valueOf(1L << (information - 24))));
        }

        private byte[] take(BigInteger length) {
            if (length.bitLength() > 31 || length.longValue() > bytes.length - position) {
                throw new MalformedCbor("the bytes end inside an item");
            }
            byte[] taken = Arrays.copyOfRange(bytes, position, position + length.intValue());
            position += length.intValue();
            return taken;
        }

        private int next() {
            if (position >= bytes.length) {
                throw new MalformedCbor("the bytes end inside an item");
            }
            return bytes[position++] & 0xff;
        }
    }
}
