package io.masumi.node.platform.axon;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why a node did not start in words, where Spring would print the stack. */
final class UnknownEventsAnalyzer extends AbstractFailureAnalyzer<UnknownEventsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownEventsException cause) {
        return new FailureAnalysis(cause.getMessage(), null, null);
    }
}
