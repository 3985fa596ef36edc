/** Sales at the edge: payments and purchases. */
package io.masumi.node.gateway.sale;
