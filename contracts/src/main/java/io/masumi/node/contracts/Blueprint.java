package io.masumi.node.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The CIP-57 blueprint of both contracts, before parameters. Run {@link #main} after a change to a validator and commit the
 * file; a test fails while it is out of date.
 */
public final class Blueprint {

    /** In the order of the validators, the escrow's first. */
    private static final Pattern COMPILED = Pattern.compile("\"(compiledCode|hash)\": \"[^\"]*\"");

    private Blueprint() {}

    /**
     * Writes the blueprint.
     *
     * @param arguments the file to write
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("one argument wanted: the file to write, src/main/resources/plutus.json");
        }
        Files.writeString(Path.of(arguments[0]), json());
    }

    /** The blueprint as JSON text: the committed one, with the code and hash that the validators have now. */
    public static String json() {
        CompiledScript escrow = EscrowContract.unapplied();
        CompiledScript registry = RegistryPolicy.unapplied();
        Iterator<String> values = List.of(escrow.hex(), escrow.hash(), registry.hex(), registry.hash()).iterator();
        return COMPILED.matcher(committed()).replaceAll(member -> '"' + member.group(1) + "\": \"" + values.next() + '"');
    }

    private static String committed() {
        try (InputStream file = Objects.requireNonNull(Blueprint.class.getResourceAsStream("/plutus.json"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the committed blueprint cannot be read", e);
        }
    }
}
