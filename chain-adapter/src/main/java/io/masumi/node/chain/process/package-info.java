/** Sagas: each drives one escrow, or one registration, forward, and is the only one that does. */
package io.masumi.node.chain.process;
