package io.masumi.node.platform;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * A part that a process of the node plays. One process plays them all by default; over Axon Server several processes
 * share them out.
 */
public enum Role {

    /** Decides: aggregates, which have no deadlines. */
    COMMAND,
    /** Remembers: projections and queries. */
    QUERY,
    /** Acts on the chain: follower, wallets, sagas and their deadlines. */
    CHAIN,
    /** Answers HTTP. */
    GATEWAY;

    /** The setting that names a process's roles, comma-separated; all of them when it is absent or empty. */
    public static final String SETTING = "masumi.roles";

    /**
     * The roles of this process.
     *
     * @throws IllegalArgumentException when the setting names an unknown role
     */
    public static Set<Role> of(Environment environment) {
        String[] names = Binder.get(environment).bind(SETTING, String[].class).orElse(new String[0]);
        Set<Role> roles = Arrays.stream(names).filter(name -> !name.isBlank()).map(Role::named).collect(Collectors.toSet());
        return roles.isEmpty() ? EnumSet.allOf(Role.class) : Set.copyOf(roles);
    }

    /**
     * The role of that name, in any case.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Role named(String name) {
        return Arrays.stream(values()).filter(role -> role.name().equalsIgnoreCase(name.strip())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown role \"" + name.strip() + "\" in " + SETTING + "; roles are "
                        + Arrays.stream(values()).map(role -> role.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "))));
    }
}
