package io.masumi.node.chain.source;

/** A query: the payment sources for which nothing is done, as {@link StoppedSource}s. */
public record FindStoppedSources() {}
