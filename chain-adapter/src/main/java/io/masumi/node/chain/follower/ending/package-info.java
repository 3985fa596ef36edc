/** Sales that can only have come to nothing, and how that is told for a fact. */
package io.masumi.node.chain.follower.ending;
