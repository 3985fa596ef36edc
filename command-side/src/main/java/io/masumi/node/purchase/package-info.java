/** Purchases: the buyer's record of a sale. */
package io.masumi.node.purchase;
