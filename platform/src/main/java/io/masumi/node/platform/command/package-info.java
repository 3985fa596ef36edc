/** Which process handles commands: on one PostgreSQL without Axon Server, one at a time. */
package io.masumi.node.platform.command;
