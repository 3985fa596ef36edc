/** The contract's datum, redeemers and addresses as Plutus data (02-contract), read without trust and written as the ledger does. */
package io.masumi.node.chain.datum;
