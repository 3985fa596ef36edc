/** The node's secrets, encrypted at rest, and signing with them: nothing else ever decrypts one. */
package io.masumi.node.chain.cardano.key;
