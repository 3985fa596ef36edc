package io.masumi.node.cbor;

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
import java.util.Set;

/**
 * One item of CBOR (RFC 8949) that a stranger wrote, with the place where it stands in the bytes it was read from.
 *
 * <p>Everything the ledger hashes or measures (body, datums, redeemers, auxiliary data, outputs) is hashed and measured
 * as it was sent. Decoding and encoding again may give other bytes for the same meaning, so the original slice of every
 * item stays at hand: {@link #bytes()}. An item's parts are found when they are asked for.
 *
 * <p>Every method that asks for a kind of item throws {@link MalformedCborException} when this is of another.
 */
public final class CborItem {

    /** Deeper nesting than any honest transaction needs, for readers that recurse over an item's parts. */
    private static final int MAX_DEPTH = 400;
    private static final int SET_TAG = 258;

    /** The major types of RFC 8949, in their order. */
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

    CborItem(byte[] source, int start, int end) {
        this.source = source;
        this.start = start;
        this.end = end;
    }

    /**
     * @param bytes exactly one item, nested no deeper than a reader can recurse
     * @throws MalformedCborException when the bytes are not exactly one well-formed item
     */
    public static CborItem parse(byte[] bytes) {
        return parse(bytes, MAX_DEPTH);
    }

    /**
     * The same within another limit.
     *
     * @param maxDepth how many arrays, maps and tags may stand inside one another
     */
    public static CborItem parse(byte[] bytes, int maxDepth) {
        CborCursor cursor = new CborCursor(bytes.clone(), 0);
        int depth = cursor.skip();
        if (cursor.position() != bytes.length) {
            throw new MalformedCborException((bytes.length - cursor.position()) + " bytes follow the item");
        }
        if (depth > maxDepth) {
            throw new MalformedCborException("nested " + depth + " deep, more than " + maxDepth);
        }
        return cursor.from(0);
    }

    public Kind kind() {
        return CborCursor.kind(source[start]);
    }

    /** The item exactly as it was sent. */
    public byte[] bytes() {
        return Arrays.copyOfRange(source, start, end);
    }

    public int size() {
        return end - start;
    }

    public boolean isNull() {
        return kind() == Kind.SIMPLE && argument().intValue() == 22;
    }

    public boolean asBoolean() {
        int value = kind() == Kind.SIMPLE ? argument().intValue() : 0;
        if (value == 20 || value == 21) {
            return value == 21;
        }
        throw new MalformedCborException("a boolean is expected, not " + kind());
    }

    /** An integer of major type 0 or 1. */
    public BigInteger asInteger() {
        return switch (kind()) {
            case UNSIGNED -> argument();
            case NEGATIVE -> argument().negate().subtract(BigInteger.ONE);
            default -> throw new MalformedCborException("an integer is expected, not " + kind());
        };
    }

    /** A non-negative integer below 2^63. */
    public long asLong() {
        return bounded(Long.SIZE - 1).longValue();
    }

    /** A non-negative integer below 2^31. */
    public int asInt() {
        return bounded(Integer.SIZE - 1).intValue();
    }

    private BigInteger bounded(int bits) {
        BigInteger value = asUnsigned();
        if (value.bitLength() > bits) {
            throw new MalformedCborException("the number " + value + " is too large");
        }
        return value;
    }

    public BigInteger asUnsigned() {
        require(Kind.UNSIGNED);
        return argument();
    }

    public byte[] asBytes() {
        require(Kind.BYTES);
        return content();
    }

    public byte[] asBytes(int length) {
        byte[] bytes = asBytes();
        if (bytes.length != length) {
            throw new MalformedCborException(length + " bytes are expected, not " + bytes.length);
        }
        return bytes;
    }

    public String asHex() {
        return HexFormat.of().formatHex(asBytes());
    }

    public String asHex(int length) {
        return HexFormat.of().formatHex(asBytes(length));
    }

    public String asText() {
        require(Kind.TEXT);
        return new String(content(), StandardCharsets.UTF_8);
    }

    /** The pieces that a byte or text string was sent in: itself unless its length was indefinite. */
    public List<CborItem> chunks() {
        return isIndefinite() ? parts() : List.of(this);
    }

    public boolean isIndefinite() {
        return CborCursor.isIndefinite(source[start]);
    }

    /** The byte length of a byte or text string. */
    public int contentLength() {
        return content().length;
    }

    private byte[] content() {
        if (!isIndefinite()) {
            return Arrays.copyOfRange(source, inside().position(), end);
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        parts().forEach(chunk -> joined.writeBytes(chunk.content()));
        return joined.toByteArray();
    }

    public List<CborItem> items() {
        require(Kind.ARRAY);
        return parts();
    }

    public List<CborItem> items(int count) {
        List<CborItem> items = items();
        if (items.size() != count) {
            throw new MalformedCborException("an array of " + count + " is expected, not of " + items.size());
        }
        return items;
    }

    /** The members of a set, with or without the tag 258 of the Conway era; members may not repeat. */
    public List<CborItem> setMembers() {
        List<CborItem> members = (tag().orElse(0) == SET_TAG ? untagged() : this).items();
        Set<String> seen = new HashSet<>();
        for (CborItem member : members) {
            if (!seen.add(HexFormat.of().formatHex(member.bytes()))) {
                throw new MalformedCborException("a set holds the same member twice");
            }
        }
        return members;
    }

    public List<Map.Entry<CborItem, CborItem>> entries() {
        require(Kind.MAP);
        List<CborItem> parts = parts();
        List<Map.Entry<CborItem, CborItem>> entries = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += 2) {
            entries.add(Map.entry(parts.get(i), parts.get(i + 1)));
        }
        return List.copyOf(entries);
    }

    /** The first value under a small unsigned key of a map. */
    public Optional<CborItem> member(int key) {
        return entries().stream()
                .filter(entry -> entry.getKey().kind() == Kind.UNSIGNED && entry.getKey().argument().equals(BigInteger.valueOf(key)))
                .map(Map.Entry::getValue).findFirst();
    }

    public OptionalLong tag() {
        return kind() == Kind.TAG ? OptionalLong.of(argument().longValue()) : OptionalLong.empty();
    }

    /** The tagged item; the item itself when it has no tag. */
    public CborItem untagged() {
        return kind() == Kind.TAG ? parts().getFirst() : this;
    }

    private BigInteger argument() {
        return new BigInteger(Long.toUnsignedString(new CborCursor(source, start).head()));
    }

    /** Behind the head. */
    private CborCursor inside() {
        CborCursor cursor = new CborCursor(source, start);
        cursor.head();
        return cursor;
    }

    /** What stands behind the head: chunks, items, keys and values in turn, or what is tagged. */
    private List<CborItem> parts() {
        CborCursor cursor = inside();
        List<CborItem> parts = new ArrayList<>();
        while (isIndefinite() ? !cursor.atBreak() : cursor.position() < end) {
            int from = cursor.position();
            cursor.skip();
            parts.add(cursor.from(from));
        }
        return List.copyOf(parts);
    }

    private void require(Kind expected) {
        if (kind() != expected) {
            throw new MalformedCborException(expected + " is expected, not " + kind());
        }
    }
}
