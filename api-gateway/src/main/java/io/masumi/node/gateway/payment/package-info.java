/** Sales at the edge. */
package io.masumi.node.gateway.payment;
