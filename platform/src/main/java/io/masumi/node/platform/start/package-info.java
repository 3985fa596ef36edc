/** What a process waits for before it is up. */
package io.masumi.node.platform.start;
