package io.masumi.node.cbor;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Heads and byte strings in the shortest form, as the ledger's own encoder writes them. */
public final class CborWriter {

    private CborWriter() {}

    /** The bytes as a byte string. */
    public static byte[] byteString(byte[] content) {
        byte[] head = head(CborItem.Kind.BYTES, content.length);
        byte[] wrapped = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, wrapped, head.length, content.length);
        return wrapped;
    }

    /** What stands before the content of a string, the items of an array or map, or is a number or tag. @param argument not negative */
    public static byte[] head(CborItem.Kind kind, long argument) {
        int major = kind.ordinal() << 5;
        if (argument < 24) {
            return new byte[]{(byte) (major | argument)};
        }
        int power = argument < 1L << Byte.SIZE ? 0 : argument < 1L << Short.SIZE ? 1 : argument < 1L << Integer.SIZE ? 2 : 3;
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(argument).array();
        int width = 1 << power;
        return ByteBuffer.allocate(1 + width).put((byte) (major | 24 + power)).put(number, Long.BYTES - width, width).array();
    }
}
