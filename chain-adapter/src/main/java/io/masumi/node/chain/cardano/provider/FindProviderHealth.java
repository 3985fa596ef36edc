package io.masumi.node.chain.cardano.provider;

/** A query: the {@link ProviderHealth} of every provider that this process has used. */
public record FindProviderHealth() {}
