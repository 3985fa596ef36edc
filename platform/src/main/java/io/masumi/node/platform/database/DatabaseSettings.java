package io.masumi.node.platform.database;

import java.nio.file.Path;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.masumi.node.platform.Role;

/**
 * Where the node keeps its data.
 *
 * @param url      a PostgreSQL server's URL, see {@link DatabaseUrl}; the embedded server is used when blank
 * @param poolSize most connections held at a time; each event processor, command and deadline in flight uses one. As many as the
 *                     process's roles need when it is not set
 * @param binaries where the embedded server's programs are unpacked once for all data directories of this user; not used
 *                     with a {@code url}
 */
@ConfigurationProperties("masumi.database")
public record DatabaseSettings(
        @DefaultValue("") String url,
        Integer poolSize,
        Path binaries) {

    private static final int OF_A_WHOLE_NODE = 20;
    private static final int OF_THE_CHAIN = 12;
    private static final int OF_OTHERS = 8;

    /**
     * So that two processes of each role and a whole node beside them stay within the 100 that PostgreSQL allows unless told otherwise, with
     * the few that each process has besides.
     *
     * @param roles that the process plays
     */
    int poolSize(Set<Role> roles) {
        if (poolSize != null) {
            return poolSize;
        }
        return roles.contains(Role.COMMAND) && roles.contains(Role.CHAIN)
                ? OF_A_WHOLE_NODE
                : roles.contains(Role.CHAIN) ? OF_THE_CHAIN : OF_OTHERS;
    }
}
