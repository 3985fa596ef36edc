/** Sales for which nothing was locked in time, and how that is known for certain. */
package io.masumi.node.chain.follower.ending;
