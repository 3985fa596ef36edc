/**
 * The domain of a Masumi node: value types, commands, events and aggregates, by subject.
 *
 * <p>Enum constants that stand for words of the wire contract are spelled as on the wire ({@code FundsLocked}), so that
 * events, views and replies all say the same word.
 */
package io.masumi.node;
