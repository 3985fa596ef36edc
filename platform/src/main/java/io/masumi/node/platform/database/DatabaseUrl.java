package io.masumi.node.platform.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import org.postgresql.Driver;

import com.zaxxer.hikari.HikariDataSource;

/**
 * A PostgreSQL database's address with its credentials apart.
 *
 * @param jdbcUrl  without credentials when they were given before the host
 * @param user     absent when the URL names none, or names it in a parameter
 * @param password absent likewise
 */
public record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<String> password) {

    private static final String JDBC = "jdbc:postgresql:";

    /**
     * Reads {@code jdbc:postgresql://host:port/name?param=value} or {@code postgres://user:password@host:port/name}
     * ({@code postgresql://} too), with percent-encoding in the credentials of the latter.
     *
     * @throws IllegalArgumentException when it is neither; the message never repeats the URL, which may hold a password
     */
    public static DatabaseUrl parse(String text) {
        String url = text.strip();
        if (url.startsWith(JDBC)) {
            return new DatabaseUrl(url, Optional.empty(), Optional.empty());
        }
        try {
            URI uri = new URI(url);
            if (("postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme())) && uri.getHost() != null
                    && uri.getPath() != null && uri.getPath().length() > 1) {
                return of(uri);
            }
        } catch (URISyntaxException e) {
            // Its message would repeat the URL.
        }
        throw new IllegalArgumentException("The database URL must read jdbc:postgresql://host:port/name or "
                + "postgres://user:password@host:port/name, with reserved characters in user and password percent-encoded");
    }

    /** Of the database that a pool is over. */
    public static DatabaseUrl of(HikariDataSource pool) {
        return new DatabaseUrl(pool.getJdbcUrl(), Optional.ofNullable(pool.getUsername()), Optional.ofNullable(pool.getPassword()));
    }

    /**
     * A connection outside of any pool, with time limits that others must not have.
     *
     * @param name that the server shows for it
     * @param longest neither connecting nor any statement may take longer, in whole seconds
     * @throws IllegalStateException when the URL cannot be understood; the driver's own words would repeat it, which may hold a password
     */
    public Connection open(String name, Duration longest) throws SQLException {
        Properties properties = new Properties();
        user.ifPresent(given -> properties.setProperty("user", given));
        password.ifPresent(given -> properties.setProperty("password", given));
        properties.setProperty("ApplicationName", name);
        for (String limit : List.of("loginTimeout", "connectTimeout", "socketTimeout")) {
            properties.setProperty(limit, Long.toString(longest.toSeconds()));
        }
        Driver driver = new Driver();
        if (!driver.acceptsURL(jdbcUrl)) {
            throw new IllegalStateException("The database URL cannot be understood: it must read jdbc:postgresql://host:port/name");
        }
        return driver.connect(jdbcUrl, properties);
    }

    private static DatabaseUrl of(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String[] credentials = uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
        return new DatabaseUrl(JDBC + "//" + uri.getHost() + port + uri.getRawPath() + query, part(credentials, 0), part(credentials, 1));
    }

    private static Optional<String> part(String[] credentials, int index) {
        if (credentials.length <= index || credentials[index].isEmpty()) {
            return Optional.empty();
        }
        // URLDecoder is made for forms, where a plus is a space.
        return Optional.of(URLDecoder.decode(credentials[index].replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** Without credentials, wherever they were given. */
    @Override
    public String toString() {
        return jdbcUrl.replaceFirst("\\?.*$", "").replaceFirst("//[^/]*@", "//");
    }
}
