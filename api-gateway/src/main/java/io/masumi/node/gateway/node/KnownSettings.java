package io.masumi.node.gateway.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The names of the node's settings, as the compiler wrote them down. */
final class KnownSettings {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final String PREFIX = "masumi.";
    private static final String VARIABLE_PREFIX = "MASUMI_";

    /** Variables that are not settings: of the launcher, of the demo and of docker-compose.yml. */
    private static final List<String> OTHER_VARIABLES = List.of("MASUMI_JAVA_OPTS", "MASUMI_DEMO_LOG", "MASUMI_PORT", "MASUMI_AXON_PORT");

    private final SortedSet<String> names = new TreeSet<>();

    KnownSettings() {
        try {
            for (URL url : Collections.list(KnownSettings.class.getClassLoader().getResources(METADATA))) {
                try (InputStream metadata = url.openStream()) {
                    for (JsonNode property : new JsonMapper().readTree(metadata).path("properties")) {
                        names.add(property.path("name").asString());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The names of the settings cannot be read", e);
        }
        names.removeIf(name -> !name.startsWith(PREFIX));
    }

    SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(names);
    }

    /** What is wrong with the name of a variable or property, in words; empty when it is a setting's, or nobody's of ours. */
    Optional<String> objection(String given) {
        boolean variable = given.startsWith(VARIABLE_PREFIX);
        if (!variable && !given.startsWith(PREFIX) || OTHER_VARIABLES.contains(given)
                || names.stream().anyMatch(name -> squeezed(name).equals(squeezed(given)))) {
            return Optional.empty();
        }
        String nearest = names.stream().min(Comparator.comparingInt(name -> distance(squeezed(name), squeezed(given)))).orElseThrow();
        return Optional.of(given + " is no setting of this node; the nearest is " + (variable ? asVariable(nearest) : nearest));
    }

    /** As Spring takes one for the other: without points, dashes and underscores. */
    private static String squeezed(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }

    private static String asVariable(String name) {
        return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    /** How many letters must be put in, taken out or changed (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
