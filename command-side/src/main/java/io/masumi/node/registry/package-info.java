/** Agents and their registration: the NFTs that identify agentic services on chain. */
package io.masumi.node.registry;
