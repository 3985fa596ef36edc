package io.masumi.node.gateway.node;

import io.masumi.node.platform.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;

/**
 * What a process is of its node: all of it, or one of several, which are joined by Axon Server, or by one database, on which others may
 * read what the full one writes.
 *
 * @param roles that it plays
 * @param axonServer whether commands, queries and events go through Axon Server
 * @param databaseElsewhere whether its PostgreSQL is another program's, and not embedded
 * @param ownNetwork whether a development network runs in it
 */
record ProcessOfNode(Set<Role> roles, boolean axonServer, boolean databaseElsewhere, boolean ownNetwork) {

    private static final Set<Role> READING = EnumSet.of(Role.QUERY, Role.GATEWAY);
    private static final Set<Role> WRITING = EnumSet.of(Role.COMMAND, Role.CHAIN);

    /**
     * By its settings.
     *
     * @throws IllegalArgumentException when no node can be made up so, saying what is possible
     */
    static ProcessOfNode of(Environment settings, boolean ownNetwork) {
        Set<Role> roles = Role.of(settings);
        ProcessOfNode process = new ProcessOfNode(roles, settings.getProperty("axon.axonserver.enabled", Boolean.class, false),
                !settings.getProperty("masumi.database.url", "").isBlank(), ownNetwork && roles.contains(Role.CHAIN));
        process.requirePossible();
        return process;
    }

    /** Whether there are others, which must have the same keys. */
    boolean isOneOfSeveral() {
        return axonServer || roles.size() < Role.values().length;
    }

    /** Whether it keeps anything: only then it has a data directory, for itself alone. */
    boolean keepsFiles() {
        return !isOneOfSeveral() || usesDatabase() && !databaseElsewhere || ownNetwork;
    }

    /** Over Axon Server, aggregates and HTTP need none. */
    private boolean usesDatabase() {
        return !axonServer || roles.contains(Role.QUERY) || roles.contains(Role.CHAIN);
    }

    private void requirePossible() {
        if (axonServer) {
            return;
        }
        if (!roles.containsAll(WRITING) && !READING.containsAll(roles)) {
            throw new IllegalArgumentException("A process that plays " + this + " is of no use without Axon Server, where commands stay in"
                    + " their process: leave MASUMI_ROLES out for a full node, have it be query,gateway for one that reads beside a full"
                    + " node, or set AXON_AXONSERVER_ENABLED=true");
        }
        if (!roles.containsAll(WRITING) && !databaseElsewhere) {
            throw new IllegalArgumentException("A process that plays " + this + " reads what a full node writes: set MASUMI_DATABASE_URL to"
                    + " the PostgreSQL of both, or leave MASUMI_ROLES out for a full node");
        }
    }

    /** Its roles, as they are set. */
    @Override
    public String toString() {
        return Arrays.stream(Role.values()).filter(roles::contains).map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }
}
