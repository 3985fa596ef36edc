/** The development network inside a node, and the payment source that the node sets up on it. */
package io.masumi.node.gateway.devnet;
