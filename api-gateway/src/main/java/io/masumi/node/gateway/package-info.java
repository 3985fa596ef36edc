/** The node's edge: HTTP in, commands and queries out, and the process that it all runs in. */
package io.masumi.node.gateway;
