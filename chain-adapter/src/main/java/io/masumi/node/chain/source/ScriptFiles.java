package io.masumi.node.chain.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scripts in files that the operator names: CIP-57 blueprints with parameters applied, cardano-cli's text envelopes, or CBOR in
 * hex. They are read anew each time, so that a file can be added while the node runs.
 */
public final class ScriptFiles {

    /** How the files are named to the node. */
    public static final String SETTING = "masumi.chain.script-files";

    private static final Logger LOG = LoggerFactory.getLogger(ScriptFiles.class);
    private static final long MAX_BYTES = 1_000_000;
    private static final int MAX_FILES = 100;

    private final List<Path> places;
    private final ObjectMapper json = new ObjectMapper();

    /** @param places files, or directories of them */
    public ScriptFiles(List<Path> places) {
        this.places = List.copyOf(places);
    }

    /** The bytes of every script in the files, as they stand there. What cannot be read is logged and left out. */
    Stream<byte[]> all() {
        return places.stream().flatMap(this::files).flatMap(this::scripts);
    }

    private Stream<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            return Stream.of(place);
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.filter(Files::isRegularFile).sorted().limit(MAX_FILES).toList().stream();
        } catch (IOException e) {
            LOG.warn("{} names {}, which cannot be listed: {}", SETTING, place, e.toString());
            return Stream.of();
        }
    }

    private Stream<byte[]> scripts(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("it is larger than " + MAX_BYTES + " bytes");
            }
            String text = Files.readString(file).strip();
            return text.startsWith("{") ? ofJson(json.readTree(text)) : Stream.of(ScriptBytes.ofHex(text));
        } catch (JsonProcessingException e) {
            // Its message quotes the file.
            LOG.warn("{} names {}, which is not JSON", SETTING, file);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} names {}, which is no script: {}", SETTING, file, e.toString());
        }
        return Stream.of();
    }

    private static Stream<byte[]> ofJson(JsonNode file) {
        Stream.Builder<byte[]> scripts = Stream.builder();
        if (file.path("cborHex").isTextual()) {
            scripts.add(ScriptBytes.ofHex(file.path("cborHex").asText()));
        }
        for (JsonNode validator : file.path("validators")) {
            if (validator.path("compiledCode").isTextual()) {
                scripts.add(ScriptBytes.ofHex(validator.path("compiledCode").asText()));
            }
        }
        return scripts.build();
    }
}
