package io.masumi.node.platform.health;

import java.util.List;

/**
 * How a process of the node is.
 *
 * @param outages why it cannot serve requests; empty when it can
 * @param concerns what else is wrong; empty when all is well
 */
public record ProcessHealth(List<Concern> outages, List<Concern> concerns) {

    public ProcessHealth {
        outages = List.copyOf(outages);
        concerns = List.copyOf(concerns);
    }
}
