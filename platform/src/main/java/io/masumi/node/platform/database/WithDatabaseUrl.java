package io.masumi.node.platform.database;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** On a database that other processes of the node may share; the embedded one has one process only. */
public final class WithDatabaseUrl implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return !new WithoutDatabaseUrl().matches(context, metadata);
    }
}
