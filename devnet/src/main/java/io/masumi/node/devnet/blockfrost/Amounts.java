package io.masumi.node.devnet.blockfrost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.masumi.node.devnet.ledger.LedgerValue;

import java.math.BigInteger;

/** Values as Blockfrost lists them: unit and decimal quantity, lovelace first. */
final class Amounts {
    private Amounts() {}

    static ArrayNode of(LedgerValue value) {
        ArrayNode amounts = JsonNodeFactory.instance.arrayNode();
        add(amounts, "lovelace", value.lovelace());
        value.assets().forEach((unit, quantity) -> add(amounts, unit, quantity));
        return amounts;
    }

    private static void add(ArrayNode amounts, String unit, BigInteger quantity) {
        amounts.addObject().put("unit", unit).put("quantity", quantity.toString());
    }
}
