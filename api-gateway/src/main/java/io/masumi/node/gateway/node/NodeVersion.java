package io.masumi.node.gateway.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of the node this is. */
public final class NodeVersion {

    private NodeVersion() {}

    /** Version, and the commit that it was built from as far as the build knew. */
    public static String text() {
        Properties build = new Properties();
        try (InputStream written = NodeVersion.class.getResourceAsStream("/META-INF/build-info.properties")) {
            build.load(written);
        } catch (IOException e) {
            throw new UncheckedIOException("The node's version cannot be read", e);
        }
        return "masumi-node " + build.getProperty("build.version") + " (commit " + build.getProperty("build.commit") + ")";
    }
}
