/** Keys that follow from the node's one secret. */
package io.masumi.node.gateway.secret;
