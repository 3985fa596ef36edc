/** Payment sources: deployed escrow contracts, and how to reach their chain. */
package io.masumi.node.source;
