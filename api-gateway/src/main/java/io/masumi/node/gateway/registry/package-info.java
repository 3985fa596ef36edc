/** Agents and their registration at the edge. */
package io.masumi.node.gateway.registry;
