package io.masumi.node.platform.health;

import java.time.Instant;

/**
 * Something about the node that whoever runs it should know.
 *
 * @param part what it is about, in a word that stays the same: {@code payment-source}, {@code processor}, {@code saga} …
 * @param subject id or name of which one
 * @param reason what is wrong, and what to do about it, in words without secrets: anybody may read them
 * @param since since when, null if that is not known
 */
public record Concern(String part, String subject, String reason, Instant since) {}
