package io.masumi.node.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.TypeMismatchException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StartFailureTest {

    @Test
    void namesTheSettingWhoseValueMakesNoSense() {
        Throwable failure = failureOf(() -> new Binder(new MapConfigurationPropertySource(Map.of("masumi.chain.confirmations", "abc")))
                .bind("masumi.chain.confirmations", Bindable.of(Integer.class)));

        assertThat(StartFailure.of(new IllegalStateException("no bean", failure), Map.of())).satisfies(said -> {
            assertThat(said.reason()).contains("masumi.chain.confirmations", "abc");
            assertThat(said.isExpected()).isTrue();
        });
        assertThat(StartFailure.of(new TypeMismatchException("soon", Integer.class, new NumberFormatException("not soon")),
                Map.of("MASUMI_GATEWAY_PATIENCE", "soon")).reason()).isEqualTo("MASUMI_GATEWAY_PATIENCE: not soon");
    }

    @Test
    void whatNobodyFoundWordsForNeedsItsStack() {
        assertThat(StartFailure.of(new IllegalStateException("no bean", new NullPointerException("x is null")), Map.of()).isExpected())
                .isFalse();
        assertThat(StartFailure.of(new RuntimeException("no bean", new IllegalArgumentException("ENCRYPTION_KEY is too short")), Map.of()))
                .isEqualTo(new StartFailure("ENCRYPTION_KEY is too short", true));
    }

    private static Throwable failureOf(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("It did not fail");
    }
}
