package io.masumi.node.devnet.ledger;

/** What an output says about its datum. Hashes are hex; an inline datum keeps the bytes it was sent with. */
public sealed interface OutputDatum {
    record None() implements OutputDatum {}

    record Hash(String hash) implements OutputDatum {}

    record Inline(String hash, byte[] cbor) implements OutputDatum {}
}
