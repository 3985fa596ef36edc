/** Payments and purchases: both are the record of one side of a sale, and alike as views. */
package io.masumi.node.query.sale;
