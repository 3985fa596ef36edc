/** The words that payment and purchase share: the escrow's states, actions, terms, funds, and what is observed of it on chain. */
package io.masumi.node.escrow;
