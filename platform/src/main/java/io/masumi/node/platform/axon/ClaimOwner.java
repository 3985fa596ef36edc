package io.masumi.node.platform.axon;

/** As whom this process claims segments. */
public record ClaimOwner(String name) {}
