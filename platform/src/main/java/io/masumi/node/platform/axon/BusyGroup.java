package io.masumi.node.platform.axon;

/**
 * Names a processing group, as a bean, that has so many aggregates and events that it is worth dividing: its events are worked off in
 * several segments, by aggregate, which the processes of the node share.
 */
public record BusyGroup(String name) {}
