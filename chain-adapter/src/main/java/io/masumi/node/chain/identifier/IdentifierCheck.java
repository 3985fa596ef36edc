package io.masumi.node.chain.identifier;

/** Whether an identifier holds. @param reason why not, for the client; null when it does */
public record IdentifierCheck(boolean valid, String reason) {}
