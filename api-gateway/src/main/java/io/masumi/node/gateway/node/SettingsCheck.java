package io.masumi.node.gateway.node;

import io.masumi.node.platform.start.CannotStartException;
import java.util.stream.Stream;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.EnumerablePropertySource;

/** Refuses settings that there are none of: one that is misspelled would be of no effect, and nobody would know. */
final class SettingsCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent prepared) {
        KnownSettings known = new KnownSettings();
        prepared.getEnvironment().getPropertySources().stream()
                .flatMap(source -> source instanceof EnumerablePropertySource<?> all ? Stream.of(all.getPropertyNames()) : Stream.empty())
                .flatMap(name -> known.objection(name).stream()).findFirst().ifPresent(objection -> {
                    throw new UnknownSettingException(objection);
                });
    }

    /** The start was given a setting that there is none of. */
    static final class UnknownSettingException extends CannotStartException {

        private static final long serialVersionUID = 1L;

        UnknownSettingException(String message) {
            super(message);
        }
    }

    /** After the listeners that read the settings. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
