package io.masumi.node.chain.outbox;

/**
 * An action whose row cannot be read: somebody, or a fault of the disk, changed it. No transaction of it exists.
 *
 * @param role as it stands in the row
 * @param kind as it stands in the row, for a payment or a purchase the name of the escrow's action
 * @param fault what reading it came to
 */
record UnreadableAction(String id, String role, String aggregateId, String kind, RuntimeException fault) {}
