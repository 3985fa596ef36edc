/** Purchases at the edge. */
package io.masumi.node.gateway.purchase;
