package io.masumi.node.platform.eventstore;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why a process did not start in words, where Spring would print the stack. */
final class WrongEventStoreAnalyzer extends AbstractFailureAnalyzer<WrongEventStoreException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WrongEventStoreException cause) {
        return new FailureAnalysis(cause.getMessage(), null, null);
    }
}
