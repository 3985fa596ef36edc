package io.masumi.node.chain.follower.ending;

import io.masumi.node.chain.outbox.ActionRole;

/**
 * A sale that nothing is locked for and that is to end when nothing can be.
 *
 * @param role Payment or Purchase
 * @param payByTime Unix ms: a lock in a later block does not count
 * @param failures how often its end could not be recorded
 */
public record AwaitedEnd(ActionRole role, String aggregateId, long payByTime, int failures) {}
