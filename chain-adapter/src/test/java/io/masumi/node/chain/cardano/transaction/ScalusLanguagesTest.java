package io.masumi.node.chain.cardano.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In classes of its own, as in a process that has just started. */
class ScalusLanguagesTest {

    @Test
    void theLanguagesAreThereWhoeverComesFirst() throws Exception {
        try (URLClassLoader fresh = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            initialise(fresh, "io.masumi.node.chain.cardano.transaction.ScriptEvaluator");
            initialise(fresh, "scalus.ledger.api.PlutusLedgerLanguage$");
            Class<?> language = initialise(fresh, "scalus.ledger.api.PlutusLedgerLanguage");
            assertThat(language.getField("PlutusV3").get(null)).hasToString("PlutusV3");
        }
    }

    private static Class<?> initialise(ClassLoader loader, String name) throws ClassNotFoundException {
        return Class.forName(name, true, loader);
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toUri().toURL());
        }
        return entries.toArray(URL[]::new);
    }
}
