package io.masumi.node.gateway.status;

import io.masumi.node.chain.source.StoppedSource;
import io.masumi.node.platform.Role;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthWatch;
import io.masumi.node.platform.health.ProcessHealth;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.queryhandling.QueryGateway;

/** How the whole node is, as far as this process can tell within a second: all its own parts, and the roles that others play. */
final class NodeHealth {

    private static final Duration PATIENCE = Duration.ofMillis(700);

    private static final String STOPPED = "; nothing is read, sent or built for this payment source until its provider shows the known chain"
            + " again: correct the provider, or wait while it catches up";

    private final HealthWatch own;
    private final StoppedSources stopped;
    private final List<RoleHealth> others;
    private final boolean developmentNetwork;

    /**
     * @param played the roles of this process
     * @param commandsReachOthers whether there is an Axon Server: without, a process without the command role serves reads only
     * @param developmentNetwork whether another process sets up a payment source that belongs to a complete start
     */
    NodeHealth(HealthWatch own, StoppedSources stopped, QueryGateway queries, Set<Role> played, boolean commandsReachOthers,
            boolean developmentNetwork, Clock clock) {
        this.own = own;
        this.stopped = stopped;
        // Without Axon Server nobody can be asked; a reader serves what it can, and the full process has a /health of its own.
        this.others = Arrays.stream(Role.values())
                .filter(role -> commandsReachOthers && role != Role.GATEWAY && !played.contains(role))
                .map(role -> new RoleHealth(role, queries, clock)).toList();
        this.developmentNetwork = developmentNetwork;
    }

    /**
     * What is known.
     *
     * @param serves whether requests are served
     * @param reasons what is wrong, the worst first; empty when all is well
     * @param stoppedSources also among the reasons
     */
    record Findings(boolean serves, List<Concern> reasons, List<StoppedSource> stoppedSources) {}

    Findings now() {
        stopped.refresh();
        others.forEach(RoleHealth::refresh);
        ProcessHealth here = own.now();
        List<Concern> outages = new ArrayList<>(here.outages());
        List<Concern> concerns = new ArrayList<>();
        List<StoppedSource> sources = stopped.within(PATIENCE);
        sources.forEach(source -> concerns.add(new Concern("payment-source", source.sourceId().value(), source.because() + STOPPED,
                source.since())));
        concerns.addAll(here.concerns());
        for (RoleHealth other : others) {
            ProcessHealth there = other.within(PATIENCE);
            (isNecessary(other) ? outages : concerns).addAll(there.outages());
            concerns.addAll(there.concerns());
        }
        // One process may play several roles, and then says the same for each.
        Set<Concern> all = new LinkedHashSet<>(outages);
        all.addAll(concerns);
        return new Findings(outages.isEmpty(), List.copyOf(all), sources);
    }

    private boolean isNecessary(RoleHealth other) {
        return switch (other.role()) {
            case QUERY, GATEWAY, COMMAND -> true;
            case CHAIN -> developmentNetwork && !other.seenUp();
        };
    }
}
