package io.masumi.node.platform.serialization;

/**
 * Stands in the stream of all events for one that cannot be read, so that those behind it can. Aggregates never see it: who
 * loads one that has such an event fails.
 *
 * @param name as which it is stored
 * @param revision as stored, null if none is
 * @param reason why it cannot be read
 */
public record UnreadableEvent(String name, String revision, String reason) {}
