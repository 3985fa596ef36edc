/** How the node is. */
package io.masumi.node.gateway.status;
