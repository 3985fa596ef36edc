package io.masumi.node.chain.cardano.provider;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads why a ledger refused a transaction out of the text that came back. Texts differ between the node's submit API, Ogmios
 * and the development network; what is looked for are the names of the ledger's rules.
 */
final class SubmitRefusals {

    private static final int MAX_REASON = 2000;

    private static final List<String> INPUTS_GONE = List.of("BadInputsUTxO", "All inputs are spent", "unknown UTxO",
            "TranslationLogicMissingInput", "MissingInput", "already been included");

    private static final List<String> OUTSIDE_VALIDITY = List.of("OutsideValidityIntervalUTxO", "outside of its validity interval",
            "ExpiredUTxO");

    /** Submit API, the same within Blockfrost's JSON, and Ogmios. */
    private static final List<String> UNDECODABLE = List.of("RawCborDecodeError", "TxCmdTxReadError", "DecoderErrorDeserialiseFailure",
            "malformed in ALL eras");

    /** Upper bound of the interval and the ledger's slot, in the words of node, Ogmios and development network. */
    private static final List<Pattern> UPPER_BOUND_AND_SLOT = List.of(
            Pattern.compile("invalidHereafter = SJust \\(SlotNo (\\d+)\\)\\s*\\}\\)? \\(SlotNo (\\d+)\\)"),
            Pattern.compile("until (?:OptionalLong\\[)?(\\d+)\\]?.{0,40}?current slot (\\d+)"),
            Pattern.compile("\"invalidAfter\":\\s*(\\d+).{0,200}?\"currentSlot\":\\s*(\\d+)"));

    private static final Pattern SLOT_AND_UPPER_BOUND = Pattern.compile("\"currentSlot\":\\s*(\\d+).{0,200}?\"invalidAfter\":\\s*(\\d+)");

    private SubmitRefusals() {}

    static SubmitOutcome outcome(String text) {
        String reason = text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text;
        if (UNDECODABLE.stream().anyMatch(text::contains)) {
            return new SubmitOutcome.Refused(false, false, true, reason);
        }
        boolean inputsGone = INPUTS_GONE.stream().anyMatch(text::contains);
        if (OUTSIDE_VALIDITY.stream().anyMatch(text::contains)) {
            // Not yet valid is no refusal for good: the same bytes may pass a few slots later.
            return isOver(text) || inputsGone
                    ? new SubmitOutcome.Refused(inputsGone, isOver(text), reason)
                    : new SubmitOutcome.NotYetValid(reason);
        }
        return new SubmitOutcome.Refused(inputsGone, false, reason);
    }

    private static boolean isOver(String text) {
        String plain = text.replace("\\\"", "\"");
        for (Pattern pattern : UPPER_BOUND_AND_SLOT) {
            Matcher found = pattern.matcher(plain);
            if (found.find()) {
                return Long.parseLong(found.group(2)) >= Long.parseLong(found.group(1));
            }
        }
        Matcher found = SLOT_AND_UPPER_BOUND.matcher(plain);
        if (found.find()) {
            return Long.parseLong(found.group(1)) >= Long.parseLong(found.group(2));
        }
        // Our transactions always have an upper bound; without numbers the likelier reading is that it was passed.
        return !plain.contains("invalidHereafter = SNothing");
    }
}
