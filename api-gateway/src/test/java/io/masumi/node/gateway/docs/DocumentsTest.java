package io.masumi.node.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written about the node holds together: links lead somewhere, and what is named is there. */
class DocumentsTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern INLINE_CODE = Pattern.compile("`([^`\n]+)`");
    /** A name of Java, with at least two humps. */
    private static final Pattern CLASS_NAME = Pattern.compile("\\b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+\\b");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern REFERENCE = Pattern.compile("((?:docs/[\\w/-]+|README|CONTRIBUTING)\\.md)((?:(?:,| and) \"[^\"]+\")*)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private static final Map<Path, String> DOCUMENTS = texts(".md");

    @Test
    void linksLeadToFilesAndHeadings() {
        List<String> broken = new ArrayList<>();
        DOCUMENTS.forEach((file, text) -> found(LINK, withoutBlocks(text)).map(match -> match.group(1)).filter(
                target -> !target.startsWith("http")).filter(target -> !leadsSomewhere(file, target)).forEach(
                        target -> broken.add(PROJECT.relativize(file) + " -> " + target)));
        assertThat(broken).isEmpty();
    }

    /** A comment that refers to a document's section finds it there. */
    @Test
    void referencesInCommentsLeadToFilesAndHeadings() {
        List<String> broken = new ArrayList<>();
        texts(".java").forEach((file, text) -> found(REFERENCE, text.replaceAll("\\s*\n\\s*\\*\\s?", " ")).forEach(reference -> {
            Path document = PROJECT.resolve(reference.group(1));
            found(QUOTED, reference.group(2)).map(match -> match.group(1)).filter(heading -> !headings(document).contains(heading)).forEach(
                    heading -> broken.add(file.getFileName() + ": " + reference.group(1) + " has no heading \"" + heading + "\""));
            if (!Files.exists(document)) {
                broken.add(file.getFileName() + ": " + reference.group(1));
            }
        }));
        assertThat(broken).isEmpty();
    }

    /** Whatever looks like a class, an event or a state in a document is a word of the code; a name that went stands out here. */
    @Test
    void namesInDocumentsAreNamesInTheCode() {
        Set<String> known = new HashSet<>();
        Stream.of(".java", ".yaml", ".yml", ".xml", ".json", ".sql", ".js").forEach(
                kind -> texts(kind).values().forEach(text -> found(WORD, text).forEach(word -> known.add(word.group()))));
        List<String> unknown = new ArrayList<>();
        DOCUMENTS.forEach((file, text) -> found(INLINE_CODE, withoutBlocks(text)).flatMap(code -> found(CLASS_NAME, code.group(1))).map(
                MatchResult::group).filter(name -> !known.contains(name)).forEach(
                        name -> unknown.add(PROJECT.relativize(file) + ": " + name)));
        assertThat(unknown).isEmpty();
    }

    private static boolean leadsSomewhere(Path from, String target) {
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        Path file = path.isEmpty() ? from : from.resolveSibling(path).normalize();
        if (!Files.exists(file)) {
            return false;
        }
        return hash < 0 || headings(file).stream().map(DocumentsTest::anchor).anyMatch(target.substring(hash + 1)::equals);
    }

    private static Set<String> headings(Path document) {
        String text = DOCUMENTS.getOrDefault(document, "");
        return found(HEADING, withoutBlocks(text)).map(match -> match.group(1).strip()).collect(Collectors.toSet());
    }

    /** As hosting sites make it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
    }

    private static String withoutBlocks(String text) {
        return FENCED.matcher(text).replaceAll("");
    }

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static Map<Path, String> texts(String kind) {
        Map<Path, String> texts = new TreeMap<>();
        try {
            Files.walkFileTree(PROJECT, new SimpleFileVisitor<>() {

                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    String name = directory.getFileName().toString();
                    boolean foreign = name.equals("target") || name.equals("data") || name.startsWith(".") || name.equals("node_modules");
                    return foreign && !directory.equals(PROJECT) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (file.getFileName().toString().endsWith(kind)) {
                        texts.put(file, Files.readString(file, StandardCharsets.UTF_8));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
