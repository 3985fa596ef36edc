/** Follows the contract of each payment source and records what it sees on payments and purchases. It decides nothing. */
package io.masumi.node.chain.follower;
