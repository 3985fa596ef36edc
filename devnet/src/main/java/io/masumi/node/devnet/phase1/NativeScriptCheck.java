package io.masumi.node.devnet.phase1;

import io.masumi.node.cbor.CborItem;
import io.masumi.node.cbor.MalformedCborException;
import io.masumi.node.devnet.ledger.LedgerScript;
import io.masumi.node.devnet.ledger.ValidityInterval;

import java.util.List;
import java.util.Set;

/** Evaluates native scripts: signatures and time locks combined by all, any and at-least. */
final class NativeScriptCheck {
    boolean agrees(LedgerScript script, Set<String> signers, ValidityInterval validity) {
        return agrees(CborItem.parse(script.code()), signers, validity);
    }

    private boolean agrees(CborItem script, Set<String> signers, ValidityInterval validity) {
        List<CborItem> parts = script.items();
        return switch (parts.getFirst().asInt()) {
            case 0 -> signers.contains(parts.get(1).asHex(28));
            case 1 -> parts.get(1).items().stream().allMatch(inner -> agrees(inner, signers, validity));
            case 2 -> parts.get(1).items().stream().anyMatch(inner -> agrees(inner, signers, validity));
            case 3 -> parts.get(2).items().stream().filter(inner -> agrees(inner, signers, validity)).count() >= parts.get(1)
                    .asInt();
            case 4 -> validity.from().isPresent() && parts.get(1).asLong() <= validity.from().getAsLong();
            case 5 -> validity.until().isPresent() && validity.until().getAsLong() <= parts.get(1).asLong();
            default -> throw new MalformedCborException("an unknown kind of native script");
        };
    }

    /** Walks the whole script, so that every part of it is read once. */
    void requireWellFormed(CborItem script) {
        List<CborItem> parts = script.items();
        switch (parts.getFirst().asInt()) {
            case 0 -> script.items(2).get(1).asHex(28);
            case 1, 2 -> script.items(2).get(1).items().forEach(this::requireWellFormed);
            case 3 -> {
                script.items(3).get(1).asInteger();
                parts.get(2).items().forEach(this::requireWellFormed);
            }
            case 4, 5 -> script.items(2).get(1).asLong();
            default -> throw new MalformedCborException("an unknown kind of native script");
        }
    }
}
