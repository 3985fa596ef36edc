package io.masumi.node.gateway.status;

import io.masumi.node.platform.Role;
import io.masumi.node.platform.health.BackgroundLook;
import io.masumi.node.platform.health.BackgroundLook.Seen;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.FindProcessHealth;
import io.masumi.node.platform.health.ProcessHealth;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;

/** How a role is that another process plays: what that process says, or that it says nothing. */
final class RoleHealth {

    /** For another process that asks its own parts for half a second. */
    private static final Duration LONGEST_QUERY = Duration.ofSeconds(5);

    private final Role role;
    private final BackgroundLook<ProcessHealth> look;
    private volatile boolean seenUp;

    RoleHealth(Role role, QueryGateway queries, Clock clock) {
        this.role = role;
        this.look = new BackgroundLook<>("role " + name(role), () -> ask(role, queries), clock);
    }

    void refresh() {
        look.refresh();
    }

    Role role() {
        return role;
    }

    ProcessHealth within(Duration patience) {
        Seen<ProcessHealth> seen = look.within(patience);
        if (seen.troubledSince() != null) {
            return new ProcessHealth(List.of(new Concern("role", name(role), "no process that plays this role answers; see that one is up"
                    + " and reaches Axon Server", seen.troubledSince())), List.of());
        }
        seenUp |= seen.last().outages().isEmpty();
        return seen.last();
    }

    /** Whether it was well at any time since this process began. */
    boolean seenUp() {
        return seenUp;
    }

    private static ProcessHealth ask(Role role, QueryGateway queries) {
        FindProcessHealth query = new FindProcessHealth(role);
        return queries.query(query.queryName(), query, ResponseTypes.instanceOf(ProcessHealth.class))
                .orTimeout(LONGEST_QUERY.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
