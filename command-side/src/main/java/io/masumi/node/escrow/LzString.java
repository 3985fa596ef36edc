package io.masumi.node.escrow;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The LZ-String text compression, in its {@code compressToUint8Array} form: an LZ78 whose codes grow with the dictionary,
 * least significant bit first, packed into 16-bit units that are written big-endian. Blockchain identifiers are
 * compressed with it, and no library on the registry does it.
 */
final class LzString {

    private static final int NEW_8_BIT_CHAR = 0;
    private static final int NEW_16_BIT_CHAR = 1;
    private static final int END = 2;
    private static final int FIRST_FREE_CODE = 3;

    private LzString() {}

    static byte[] compress(String text) {
        return new Compressor().compress(text);
    }

    /**
     * @param maxChars the longest text that is accepted: a few bytes can stand for a very long one
     * @throws IllegalArgumentException if the bytes are not a compressed text, or of too long a one
     */
    static String decompress(byte[] compressed, int maxChars) {
        return new Decompressor(compressed).decompress(maxChars);
    }

    private static final class Compressor {

        private final Map<String, Integer> dictionary = new HashMap<>();
        private final Set<String> notYetWritten = new HashSet<>();
        private final BitWriter out = new BitWriter();
        private int codeBits = 2;
        private int codesUntilWider = 2;

        byte[] compress(String text) {
            String phrase = "";
            for (int i = 0; i < text.length(); i++) {
                String c = text.substring(i, i + 1);
                if (!dictionary.containsKey(c)) {
                    dictionary.put(c, dictionary.size() + FIRST_FREE_CODE);
                    notYetWritten.add(c);
                }
                String longer = phrase + c;
                if (dictionary.containsKey(longer)) {
                    phrase = longer;
                } else {
                    write(phrase);
                    dictionary.put(longer, dictionary.size() + FIRST_FREE_CODE);
                    phrase = c;
                }
            }
            if (!phrase.isEmpty()) {
                write(phrase);
            }
            out.write(END, codeBits);
            return out.finish();
        }

        private void write(String phrase) {
            if (notYetWritten.remove(phrase)) {
                char c = phrase.charAt(0);
                boolean wide = c >= 256;
                out.write(wide ? NEW_16_BIT_CHAR : NEW_8_BIT_CHAR, codeBits);
                out.write(c, wide ? 16 : 8);
                countCode();
            } else {
                out.write(dictionary.get(phrase), codeBits);
            }
            countCode();
        }

        private void countCode() {
            if (--codesUntilWider == 0) {
                codesUntilWider = 1 << codeBits;
                codeBits++;
            }
        }
    }

    private static final class Decompressor {

        private final BitReader in;
        private final List<String> dictionary = new ArrayList<>(List.of("", "", ""));
        private int codeBits = 3;
        private int codesUntilWider = 4;

        Decompressor(byte[] compressed) {
            this.in = new BitReader(compressed);
        }

        String decompress(int maxChars) {
            int first = in.read(2);
            if (first == END) {
                return "";
            }
            String phrase = newChar(first);
            dictionary.add(phrase);
            StringBuilder text = new StringBuilder(phrase);
            while (text.length() <= maxChars) {
                int code = in.read(codeBits);
                if (code == END) {
                    return text.toString();
                }
                if (code == NEW_8_BIT_CHAR || code == NEW_16_BIT_CHAR) {
                    dictionary.add(newChar(code));
                    code = dictionary.size() - 1;
                    countCode();
                }
                String entry;
                if (code < dictionary.size()) {
                    entry = dictionary.get(code);
                } else if (code == dictionary.size()) {
                    entry = phrase + phrase.charAt(0);
                } else {
                    throw new IllegalArgumentException("not LZ-String: a code before its dictionary entry");
                }
                text.append(entry);
                dictionary.add(phrase + entry.charAt(0));
                countCode();
                phrase = entry;
            }
            throw new IllegalArgumentException("compressed text is longer than " + maxChars + " characters");
        }

        private String newChar(int code) {
            return switch (code) {
                case NEW_8_BIT_CHAR -> String.valueOf((char) in.read(8));
                case NEW_16_BIT_CHAR -> String.valueOf((char) in.read(16));
                default -> throw new IllegalArgumentException("not LZ-String: it must begin with a character");
            };
        }

        private void countCode() {
            if (--codesUntilWider == 0) {
                codesUntilWider = 1 << codeBits;
                codeBits++;
            }
        }
    }

    private static final class BitWriter {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int unit;
        private int bitsInUnit;

        void write(int value, int bits) {
            for (int i = 0; i < bits; i++) {
                unit = unit << 1 | value >> i & 1;
                if (++bitsInUnit == 16) {
                    flush();
                }
            }
        }

        /** The format always ends with a padded unit, even when the last one was just full. */
        byte[] finish() {
            unit <<= 16 - bitsInUnit;
            flush();
            return bytes.toByteArray();
        }

        private void flush() {
            bytes.write(unit >> 8);
            bytes.write(unit);
            unit = 0;
            bitsInUnit = 0;
        }
    }

    private static final class BitReader {

        private final byte[] bytes;
        private int position;

        BitReader(byte[] bytes) {
            this.bytes = bytes;
        }

        int read(int bits) {
            int value = 0;
            for (int i = 0; i < bits; i++, position++) {
                if (position >= bytes.length * 8) {
                    throw new IllegalArgumentException("not LZ-String: it ends in the middle");
                }
                int bit = bytes[position / 8] >> 7 - position % 8 & 1;
                value |= bit << i;
            }
            return value;
        }
    }
}
