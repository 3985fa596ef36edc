package io.masumi.node.chain.cardano.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Walks over CBOR (RFC 8949) without recursion and without trusting any length in it, so that what a stranger wrote can
 * neither overflow the stack nor exhaust the memory. Every method may throw {@link MalformedCborException}.
 */
public final class CborReader {

    private static final long INDEFINITE = -1;
    private static final int BREAK = 0xff;

    private final byte[] bytes;
    private final int end;
    private int position;

    public CborReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private CborReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    /** The major types of RFC 8949, in their order. */
    public enum Major {
        UNSIGNED,
        NEGATIVE,
        BYTES,
        TEXT,
        ARRAY,
        MAP,
        TAG,
        SIMPLE
    }

    /**
     * Checks that bytes are exactly one well-formed item, nested no deeper than a limit.
     *
     * @param maxDepth how many arrays, maps and tags may stand inside one another
     */
    public static void requireOneItem(byte[] bytes, int maxDepth) {
        CborReader reader = new CborReader(bytes);
        int depth = reader.walk();
        if (reader.position != reader.end) {
            throw new MalformedCborException("something follows the item");
        }
        if (depth > maxDepth) {
            throw new MalformedCborException("nested " + depth + " deep, more than " + maxDepth);
        }
    }

    /** What the next item is. */
    public Major peek() {
        return Major.values()[peekByte() >> 5];
    }

    /** Steps over one whole item and gives its bytes. */
    public byte[] item() {
        int from = position;
        walk();
        return Arrays.copyOfRange(bytes, from, position);
    }

    /** Steps over the head of an unsigned number. */
    public long unsigned() {
        return argument(Major.UNSIGNED);
    }

    /** Steps over tags, if any, to what they are about. */
    public void skipTags() {
        while (peek() == Major.TAG) {
            argument(Major.TAG);
        }
    }

    /** Steps into an array. @return how many items follow, -1 when {@link #atBreak} tells the end */
    public long enterArray() {
        return argument(Major.ARRAY);
    }

    /** Steps into a map. @return how many pairs follow, -1 when {@link #atBreak} tells the end */
    public long enterMap() {
        return argument(Major.MAP);
    }

    /** Whether an array or map of indefinite length ends here; steps over its end. */
    public boolean atBreak() {
        if (peekByte() == BREAK) {
            position++;
            return true;
        }
        return false;
    }

    /** Steps over one byte string, whole or in chunks, and gives its content. */
    public byte[] byteString() {
        long length = argument(Major.BYTES);
        if (length != INDEFINITE) {
            int from = position;
            position += (int) bounded(length);
            return Arrays.copyOfRange(bytes, from, position);
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (!atBreak()) {
            if (peek() != Major.BYTES) {
                throw new MalformedCborException("a chunk of another kind");
            }
            long chunk = head();
            if (chunk == INDEFINITE) {
                throw new MalformedCborException("a chunk of chunks");
            }
            content.write(bytes, position, (int) bounded(chunk));
            position += (int) chunk;
        }
        return content.toByteArray();
    }

    private long argument(Major expected) {
        Major found = peek();
        if (found != expected) {
            throw new MalformedCborException(expected + " expected, not " + found);
        }
        return head();
    }

    private int peekByte() {
        if (position >= end) {
            throw new MalformedCborException("ends too early");
        }
        return bytes[position] & 0xff;
    }

    /** The argument of the next head, {@link #INDEFINITE} when it has none. */
    private long head() {
        int initial = peekByte();
        position++;
        int info = initial & 0x1f;
        if (info < 24) {
            return info;
        }
        if (info == 31) {
            int major = initial >> 5;
            if (major < 2 || major == 6 || major == 7) {
                throw new MalformedCborException("indefinite length where there is none");
            }
            return INDEFINITE;
        }
        if (info > 27) {
            throw new MalformedCborException("reserved head");
        }
        int width = 1 << (info - 24);
        if (end - position < width) {
            throw new MalformedCborException("ends too early");
        }
        long argument = 0;
        for (int i = 0; i < width; i++) {
            argument = argument << 8 | bytes[position++] & 0xff;
        }
        return argument;
    }

    /** Steps over one item. @return how deep it is nested */
    private int walk() {
        // How many items are still to come on each level.
        long[] left = new long[16];
        int depth = 0;
        int deepest = 0;
        left[0] = 1;
        while (depth >= 0) {
            if (left[depth] == 0) {
                depth--;
                continue;
            }
            if (left[depth] == INDEFINITE) {
                if (atBreak()) {
                    depth--;
                    continue;
                }
            } else {
                left[depth]--;
            }
            Major major = peek();
            boolean simple = major == Major.SIMPLE;
            long argument = head();
            long inside = switch (major) {
                case UNSIGNED, NEGATIVE, SIMPLE -> 0;
                case BYTES, TEXT -> {
                    string(major, argument);
                    yield 0;
                }
                case ARRAY -> bounded(argument);
                case MAP -> argument == INDEFINITE ? INDEFINITE : 2 * bounded(argument);
                case TAG -> 1;
            };
            if (!simple && inside != 0) {
                depth++;
                deepest = Math.max(deepest, depth);
                if (depth == left.length) {
                    left = Arrays.copyOf(left, 2 * depth);
                }
                left[depth] = inside;
            }
        }
        return deepest;
    }

    /** No array or map has more items than there are bytes left. */
    private long bounded(long count) {
        if (count != INDEFINITE && (count < 0 || count > end - position)) {
            throw new MalformedCborException("length beyond the end");
        }
        return count;
    }

    private void string(Major major, long length) {
        if (length == INDEFINITE) {
            while (!atBreak()) {
                if (peek() != major) {
                    throw new MalformedCborException("a chunk of another kind");
                }
                long chunk = head();
                if (chunk == INDEFINITE) {
                    throw new MalformedCborException("a chunk of chunks");
                }
                position += (int) bounded(chunk);
            }
        } else {
            position += (int) bounded(length);
        }
    }
}
