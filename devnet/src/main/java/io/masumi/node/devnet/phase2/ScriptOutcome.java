package io.masumi.node.devnet.phase2;

/** What the scripts of a transaction say to it. */
public sealed interface ScriptOutcome {
    record Passed() implements ScriptOutcome {}

    /** @param reason which script failed and how, with what it traced */
    record Failed(String reason) implements ScriptOutcome {}
}
