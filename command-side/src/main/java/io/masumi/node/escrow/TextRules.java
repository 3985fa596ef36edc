package io.masumi.node.escrow;

/** Which texts can be kept and shown. */
public final class TextRules {

    private TextRules() {}

    /**
     * Whether a text of an outsider may go into an event: PostgreSQL keeps no U+0000, and half a surrogate pair is no
     * character. An event that holds either would stop every projection and saga that comes across it, for ever.
     */
    public static boolean isStorable(String text) {
        return text.codePoints().allMatch(TextRules::isStorable);
    }

    /** The text with a question mark for each character that cannot be kept. */
    public static String storable(String text) {
        return text.codePoints().map(point -> isStorable(point) ? point : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static boolean isStorable(int point) {
        return point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    }
}
