/** The process: its options, its data directory, its start and its end. */
package io.masumi.node.gateway.node;
