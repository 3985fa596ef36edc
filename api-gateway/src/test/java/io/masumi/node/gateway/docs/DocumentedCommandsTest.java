package io.masumi.node.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types every shell block of the documents into bash, in order, as a newcomer would; a command that fails ends it. What cannot run
 * here has {@code <!-- not run by the tests: why -->} above it.
 *
 * <p>Three things differ from a newcomer's machine: a node that a block starts runs in the background, is compiled already, and on another port;
 * {@code curl} fails when the answer is an error; and a long {@code sleep} moves the nodes' clock instead.
 */
@Tag("slow")
class DocumentedCommandsTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    /** In the order in which they are typed in: the first starts the node, and makes what the others use. */
    private static final List<String> TYPED_IN = List.of("docs/first-sale.md", "docs/disputes.md", "docs/payment-sources.md",
            "docs/keys.md",
            "docs/troubleshooting.md", "docs/devnet.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)(^<!-- not run by the tests: [^>]+ -->\n)?^```sh\n(.*?)^```$");
    private static final long PATIENCE_MINUTES = 5;

    @TempDir
    private Path scratch;

    private record Block(String document, String commands, boolean runs) {

        static Stream<Block> in(String document) {
            try {
                return BLOCK.matcher(Files.readString(PROJECT.resolve(document))).results().map(
                        match -> new Block(document, match.group(2), match.group(1) == null));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    void everyDocumentedCommandWorks() throws Exception {
        assumeTrue(Stream.of("bash", "curl", "jq").allMatch(DocumentedCommandsTest::isThere),
                "The documented commands need bash, curl and jq, which are not all on the PATH");
        String script = script();
        Files.writeString(scratch.resolve("script"), script);
        Path node = Files.writeString(scratch.resolve("masumi-node"), launcher());
        assertThat(node.toFile().setExecutable(true)).isTrue();
        Process bash = new ProcessBuilder("bash", "script").directory(scratch.toFile()).redirectErrorStream(true).redirectOutput(
                scratch.resolve("output").toFile()).start();
        try {
            assertThat(bash.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).as(this::output).isTrue();
            assertThat(bash.exitValue()).as(this::output).isZero();
        } finally {
            bash.destroyForcibly();
            stopNodes();
        }
    }

    /** A block in a document that is not typed in must say so. */
    @Test
    void noBlockIsForgotten() throws IOException {
        List<String> forgotten = new ArrayList<>();
        try (Stream<Path> files = Stream.concat(Files.list(PROJECT), Files.walk(PROJECT.resolve("docs")))) {
            files.filter(file -> file.toString().endsWith(".md")).map(file -> PROJECT.relativize(file).toString()).filter(
                    file -> !TYPED_IN.contains(file)).flatMap(Block::in).filter(Block::runs).forEach(
                            block -> forgotten.add(block.document() + ": " + block.commands()));
        }
        assertThat(forgotten).isEmpty();
    }

    private String script() throws IOException {
        StringBuilder script = new StringBuilder("""
                set -eo pipefail
                curl() { command curl --fail-with-body "$@"; }
                offset() { cat clock-offset 2> /dev/null || echo 0; }
                date() { if [ "$*" = +%s ]; then echo $(($(command date +%s) + $(offset) / 1000)); else command date "$@"; fi; }
                sleep() {
                  if [ "$1" -lt 5 ]; then command sleep "$1"; else
                    printf %s $(($(offset) + $1 * 1000)) > clock-offset.new; mv clock-offset.new clock-offset
                  fi
                }
                """);
        try (ServerSocket first = new ServerSocket(0); ServerSocket second = new ServerSocket(0)) {
            script.append("FIRST=").append(first.getLocalPort()).append(" SECOND=").append(second.getLocalPort())
                    .append("\nexport FIRST\n");
        }
        int number = 0;
        for (String document : TYPED_IN) {
            for (Block block : Block.in(document).filter(Block::runs).toList()) {
                script.append("\necho '### ").append(document).append(", block ").append(++number).append("'\n").append(
                        block.commands().replaceAll("\\b3001\\b", Matcher.quoteReplacement("$FIRST")).replaceAll("\\b3002\\b",
                                Matcher.quoteReplacement("$SECOND")));
            }
        }
        return script.toString();
    }

    /** In place of the project's: builds nothing, and comes back when the node that it started answers. */
    private String launcher() {
        return """
                #!/usr/bin/env bash
                set -eu
                port=$FIRST
                case " $* " in *" --port "*) port=$(sed 's/.*--port \\([0-9]*\\).*/\\1/' <<< "$*");; *) set -- --port "$port" "$@";; esac
                '%s' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:TieredStopAtLevel=1 \\
                  '-Dspring.main.sources=io.masumi.node.gateway.sale.MovableClock$Shared' "-Dmasumi-test.clock=$PWD/clock-offset" \\
                  -cp '%s' io.masumi.node.gateway.MasumiNode "$@" > "node-$port.log" 2>&1 &
                node=$!
                echo $node >> nodes
                until curl -sf "localhost:$port/api/v1/health" > /dev/null; do
                  kill -0 $node || { cat "node-$port.log"; exit 1; }
                  sleep 0.3
                done
                """.formatted(Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("surefire.test.class.path",
                System.getProperty("java.class.path")));
    }

    private void stopNodes() throws IOException, InterruptedException {
        Path nodes = scratch.resolve("nodes");
        List<ProcessHandle> running = !Files.exists(nodes)
                ? List.of()
                : Files.readAllLines(nodes).stream().flatMap(id -> ProcessHandle.of(Long.parseLong(id)).stream()).toList();
        running.forEach(ProcessHandle::destroy);
        for (ProcessHandle each : running) {
            each.onExit().orTimeout(1, TimeUnit.MINUTES).join();
        }
    }

    private String output() {
        try {
            return Files.readString(scratch.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator)).anyMatch(
                directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
