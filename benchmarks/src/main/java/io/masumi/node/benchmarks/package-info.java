/** Measures what the node does on a ledger with real limits. Nothing here is part of a node. */
package io.masumi.node.benchmarks;
