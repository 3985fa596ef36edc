package io.masumi.node.platform.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why a node did not start in words, where Spring would print the stack. */
final class NewerDataAnalyzer extends AbstractFailureAnalyzer<NewerDataException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NewerDataException cause) {
        return new FailureAnalysis(cause.getMessage(), null, null);
    }
}
