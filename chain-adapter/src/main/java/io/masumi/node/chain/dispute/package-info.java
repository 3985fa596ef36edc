/**
 * The dispute desk on the chain: shows disputed escrows with their evidence, builds the withdrawals that admins resolve them
 * with, takes in signatures that were made elsewhere, and sends what is signed until the ledger has it or never can.
 */
package io.masumi.node.chain.dispute;
