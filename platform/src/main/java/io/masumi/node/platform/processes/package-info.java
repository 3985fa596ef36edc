/** What the processes of a node that share a database know of each other, and tell each other. */
package io.masumi.node.platform.processes;
