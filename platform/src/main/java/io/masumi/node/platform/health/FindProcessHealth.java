package io.masumi.node.platform.health;

import java.util.Locale;

import io.masumi.node.platform.Role;

/**
 * A query: the {@link ProcessHealth} of a process that plays a role. It has a name for each role, because each may be played by
 * another process; of several that play the same, one answers.
 */
public record FindProcessHealth(Role role) {

    /** What it is sent under. */
    public String queryName() {
        return FindProcessHealth.class.getName() + "." + role.name().toLowerCase(Locale.ROOT);
    }
}
