package io.masumi.node.registry;

/** What a transaction does for a registration: it mints the agent's NFT, or burns it. */
public enum RegistrationStep {
    Registration,
    Deregistration
}
