/** How the edge talks to the other parts of the node: commands out, views back. */
package io.masumi.node.gateway.message;
