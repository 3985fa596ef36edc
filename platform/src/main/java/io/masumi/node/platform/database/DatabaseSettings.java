package io.masumi.node.platform.database;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the node keeps its data.
 *
 * @param url      a PostgreSQL server's URL, see {@link DatabaseUrl}; the embedded server is used when blank
 * @param poolSize most connections held at a time; each event processor, command and deadline in flight uses one
 * @param binaries where the embedded server's programs are unpacked once for all data directories of this user; not used
 *                     with a {@code url}
 */
@ConfigurationProperties("masumi.database")
public record DatabaseSettings(
        @DefaultValue("") String url,
        @DefaultValue("20") int poolSize,
        Path binaries) {

    boolean embedded() {
        return url.isBlank();
    }
}
