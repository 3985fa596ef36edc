package io.masumi.node.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data directories hold private keys. Operators name them as they like, often inside a clone of the project. */
class WhatIsKeptOutTest {

    private static final Path PROJECT = Path.of("..");

    @Test
    void aDataDirectoryKeepsItselfOutOfGitWhateverItsName(@TempDir Path scratch) throws IOException {
        try (DataDirectory _ = DataDirectory.open(scratch.resolve("seller"))) {
            assertThat(scratch.resolve("seller/.gitignore")).content().isEqualToIgnoringNewLines("*");
        }
    }

    @Test
    void anImageIsBuiltFromSourcesAlone() throws IOException {
        assertThat(Files.readAllLines(PROJECT.resolve(".dockerignore"))).filteredOn(line -> !line.startsWith("#"))
                .containsExactly("*", "!pom.xml", "!*/pom.xml", "!*/src/main");
    }
}
