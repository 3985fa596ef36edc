/**
 * In which event store a node's events are, its database or Axon Server, and how they get from one to the other. A process is not let
 * start on the one that they are not in: its views would stand still, and its aggregates have no history.
 */
package io.masumi.node.platform.eventstore;
