/** What requests about payments and purchases have in common. */
package io.masumi.node.gateway.escrow;
