/** What of the chain is read besides the contracts' lists as they go on, because none of these lists need be complete. */
package io.masumi.node.chain.follower.reading;
