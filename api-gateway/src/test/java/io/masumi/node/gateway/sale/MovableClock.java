package io.masumi.node.gateway.sale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Real time and an offset in a file, so that a test moves the clock of a node in another process, across restarts. */
final class MovableClock extends Clock {

    private final Path file;

    MovableClock(Path file) {
        this.file = file;
    }

    /** Given to a node by the setting {@code spring.main.sources}. */
    @Configuration
    static class OfDataDirectory {

        @Bean
        Clock movableClock(@Value("${masumi.data-dir}") Path data) {
            return in(data);
        }
    }

    /** Given to nodes that are to have one time: {@code masumi-test.clock} names its file. */
    @Configuration
    static class Shared {

        @Bean
        Clock movableClock(@Value("${masumi-test.clock}") Path file) {
            return new MovableClock(file);
        }
    }

    static MovableClock in(Path data) {
        return new MovableClock(data.resolve("clock-offset"));
    }

    void moveTo(Instant instant) {
        try {
            Path partial = file.resolveSibling("clock-offset.partial");
            Files.writeString(partial, Long.toString(Duration.between(Instant.now(), instant).toMillis()));
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Instant instant() {
        try {
            return Instant.now().plusMillis(Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
