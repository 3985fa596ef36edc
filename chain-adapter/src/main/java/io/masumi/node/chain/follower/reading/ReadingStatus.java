package io.masumi.node.chain.follower.reading;

import java.time.Instant;
import java.util.List;

/**
 * What is read at a contract besides its list as it goes on.
 *
 * @param followedTo the last block that is done with, null before the first look
 * @param rereadings the newest, newest first
 * @param awaited transactions that are read by their hashes when their turn comes, in that order
 */
public record ReadingStatus(Long followedTo, List<Rereading> rereadings, List<Awaited> awaited) {

    /** @param why in words. @param height of its block, null if not known. @param failures failed looks so far */
    public record Awaited(String hash, Long height, String why, int failures, Instant since) {}
}
