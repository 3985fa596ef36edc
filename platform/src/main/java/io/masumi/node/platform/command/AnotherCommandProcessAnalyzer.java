package io.masumi.node.platform.command;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why a node did not start in words, where Spring would print the stack. */
final class AnotherCommandProcessAnalyzer extends AbstractFailureAnalyzer<AnotherCommandProcessException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AnotherCommandProcessException cause) {
        return new FailureAnalysis(cause.getMessage(), null, null);
    }
}
