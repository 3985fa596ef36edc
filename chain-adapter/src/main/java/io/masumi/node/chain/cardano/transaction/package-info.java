/** Building and signing transactions: what an intent demands, what a wallet gives, and what the ledger wants of both. */
package io.masumi.node.chain.cardano.transaction;
