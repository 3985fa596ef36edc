/** How a failure of whoever handles a message becomes the same failure at whoever sent it, in one process and between many. */
package io.masumi.node.platform.failure;
