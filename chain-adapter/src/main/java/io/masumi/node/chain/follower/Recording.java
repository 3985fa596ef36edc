package io.masumi.node.chain.follower;

import java.util.List;
import java.util.Map;

/**
 * What became of an observation.
 *
 * @param recordedOn ids of the aggregates that took note of it
 * @param heldBack why others could not, by their ids
 */
record Recording(List<String> recordedOn, Map<String, String> heldBack) {}
