/**
 * Durable chain actions, exactly-once in effect: what is wanted is stored, then a signed transaction is stored, then it is
 * sent, and after any doubt the same bytes are sent again. Everything goes on from the tables after a crash at any moment.
 */
package io.masumi.node.chain.outbox;
