package io.masumi.node.testing;

import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;

/** Spring Boot's Logback for several nodes in one JVM: they set it up one after the other. The build names it in a system property. */
public final class SharedLogback extends LogbackLoggingSystem {

    /** Called by Spring Boot. */
    public SharedLogback(ClassLoader loader) {
        super(loader);
    }

    @Override
    public void initialize(LoggingInitializationContext context, String configLocation, LogFile logFile) {
        synchronized (SharedLogback.class) {
            super.initialize(context, configLocation, logFile);
        }
    }
}
