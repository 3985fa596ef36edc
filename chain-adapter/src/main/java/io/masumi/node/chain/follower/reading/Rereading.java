package io.masumi.node.chain.follower.reading;

import java.time.Instant;

/**
 * An order to read a contract's list of transactions once more, and how far it is.
 *
 * @param why in words
 * @param fromTime Unix ms of what it is to reach back to, null where it names a block
 * @param fromHeight first block, null until it is known
 * @param doneHeight block of the last transaction that was looked at, null before the first
 * @param doneIndex place of that transaction in its block
 * @param found how many were not recorded before
 * @param finishedAt null while it is under way
 * @param throughHeight last block, null while it is under way
 * @param failures how often it could not go on because the provider's answer lacked something
 */
public record Rereading(long number, String why, Long fromTime, Long fromHeight, Long doneHeight, Integer doneIndex, int found,
        Instant orderedAt, Instant finishedAt, Long throughHeight, int failures) {}
