/** Payments: the seller's record of a sale. */
package io.masumi.node.payment;
