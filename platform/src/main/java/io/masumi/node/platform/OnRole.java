package io.masumi.node.platform;

import java.util.Arrays;
import java.util.Set;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

final class OnRole extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String[] wanted = metadata.getAnnotations().get(ConditionalOnRole.class).getStringArray("value");
        Set<Role> played = Role.of(context.getEnvironment());
        ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnRole.class, String.join(", ", wanted));
        return Arrays.stream(wanted).map(Role::named).anyMatch(played::contains)
                ? ConditionOutcome.match(message.because("this process plays " + played))
                : ConditionOutcome.noMatch(message.because("this process plays only " + played));
    }
}
