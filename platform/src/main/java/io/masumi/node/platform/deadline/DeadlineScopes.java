package io.masumi.node.platform.deadline;

import java.util.List;
import java.util.stream.Stream;

import org.axonframework.messaging.ScopeAware;
import org.axonframework.messaging.ScopeAwareProvider;
import org.axonframework.messaging.ScopeDescriptor;

/**
 * Finds the aggregate's repository or the saga's manager that a deadline is for, and fails when this process has none. Axon
 * would take such a deadline for done; failing keeps it for a process that has.
 */
final class DeadlineScopes implements ScopeAwareProvider {

    private final ScopeAwareProvider all;

    DeadlineScopes(ScopeAwareProvider all) {
        this.all = all;
    }

    @Override
    public Stream<ScopeAware> provideScopeAwareStream(ScopeDescriptor scope) {
        List<ScopeAware> able = all.provideScopeAwareStream(scope).filter(component -> component.canResolve(scope)).toList();
        if (able.isEmpty()) {
            throw new IllegalStateException("No aggregate or saga of this process can take a deadline of " + scope.scopeDescription());
        }
        return able.stream();
    }
}
