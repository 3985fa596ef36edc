package io.masumi.node.cbor;

import io.masumi.node.cbor.CborItem.Kind;
import java.util.Arrays;

/**
 * Walks over CBOR without recursion and without trusting any length in it, so that what a stranger wrote can neither overflow the stack nor
 * exhaust the memory. Every method may throw {@link MalformedCborException}.
 */
final class CborCursor {

    private static final Kind[] KINDS = Kind.values();
    private static final int BREAK = 0xff;
    private static final int INDEFINITE = 31;
    /** What may come on a level without a length. */
    private static final long ITEM = -1;
    private static final long KEY = -2;
    private static final long VALUE = -3;

    private final byte[] bytes;
    private int position;

    CborCursor(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    static Kind kind(byte initial) {
        return KINDS[(initial & 0xff) >> 5];
    }

    static boolean isIndefinite(byte initial) {
        return (initial & 0x1f) == INDEFINITE;
    }

    int position() {
        return position;
    }

    /** What was walked over since. */
    CborItem from(int start) {
        return new CborItem(bytes, start, position);
    }

    /** Whether something of indefinite length ends here; steps over its end. */
    boolean atBreak() {
        if ((peek() & 0xff) == BREAK) {
            position++;
            return true;
        }
        return false;
    }

    private byte peek() {
        if (position >= bytes.length) {
            throw new MalformedCborException("the bytes end inside an item");
        }
        return bytes[position];
    }

    /** Steps over a head. @return its argument, unsigned; 0 when the length is indefinite */
    long head() {
        byte initial = peek();
        position++;
        int info = initial & 0x1f;
        if (info < 24) {
            return info;
        }
        if (info == INDEFINITE) {
            switch (kind(initial)) {
                case UNSIGNED, NEGATIVE, TAG, SIMPLE -> throw new MalformedCborException("indefinite length where there is none");
                case BYTES, TEXT, ARRAY, MAP -> {
                    return 0;
                }
            }
        }
        if (info > 27) {
            throw new MalformedCborException("reserved additional information " + info);
        }
        int width = 1 << (info - 24);
        if (bytes.length - position < width) {
            throw new MalformedCborException("the bytes end inside an item");
        }
        long argument = 0;
        for (int i = 0; i < width; i++) {
            argument = argument << Byte.SIZE | bytes[position++] & 0xff;
        }
        return argument;
    }

    /** Steps over one item. @return how deep it is nested */
    int skip() {
        // How many items are still to come on each level.
        long[] left = new long[16];
        int depth = 0;
        int deepest = 0;
        left[0] = 1;
        while (depth >= 0) {
            if (left[depth] == 0 || left[depth] < 0 && atBreak()) {
                if (left[depth] == VALUE) {
                    throw new MalformedCborException("a map has a key without a value");
                }
                depth--;
                continue;
            }
            left[depth] = left[depth] == KEY ? VALUE : left[depth] == VALUE ? KEY : Math.max(left[depth] - 1, ITEM);
            long inside = enter();
            if (inside != 0) {
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

    /** Steps over a head and the content of a string. @return how many items are inside, or what comes first when nothing says */
    private long enter() {
        byte initial = peek();
        Kind kind = kind(initial);
        boolean indefinite = isIndefinite(initial);
        long argument = head();
        return switch (kind) {
            case UNSIGNED, NEGATIVE, SIMPLE -> 0;
            case BYTES, TEXT -> {
                if (indefinite) {
                    skipChunks(kind);
                } else {
                    position += (int) bounded(argument);
                }
                yield 0;
            }
            case ARRAY -> indefinite ? ITEM : bounded(argument);
            case MAP -> indefinite ? KEY : 2 * bounded(argument);
            case TAG -> 1;
        };
    }

    private void skipChunks(Kind kind) {
        while (!atBreak()) {
            byte initial = peek();
            if (kind(initial) != kind || isIndefinite(initial)) {
                throw new MalformedCborException("a chunk of another kind");
            }
            long length = bounded(head());
            position += (int) length;
        }
    }

    /** No string is longer, and no array or map has more items, than there are bytes left. */
    private long bounded(long count) {
        if (count < 0 || count > bytes.length - position) {
            throw new MalformedCborException("length beyond the end");
        }
        return count;
    }
}
