/** What the views of payments and purchases have in common, since both are about one escrow. For this module alone. */
package io.masumi.node.query.escrow;
