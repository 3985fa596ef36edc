package io.masumi.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void jdbcUrlsStayAsTheyAre() {
        assertThat(DatabaseUrl.parse(" jdbc:postgresql://db:5433/masumi?user=u&password=p "))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://db:5433/masumi?user=u&password=p", Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "postgresql"})
    void libpqUrlsAreTakenApart(String scheme) {
        assertThat(DatabaseUrl.parse(scheme + "://us%40er:p%3Aw+%2F@db.example:5433/masumi?sslmode=require"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://db.example:5433/masumi?sslmode=require", Optional.of("us@er"),
                        Optional.of("p:w+/")));
        assertThat(DatabaseUrl.parse(scheme + "://[::1]/masumi"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://[::1]/masumi", Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://u:secret@h/d", "postgres://u:secret@host", "jdbc:mysql://u:secret@h/d", "postgres://u:se cret@h/d",
            "secret"})
    void anythingElseIsRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postgres://").hasMessageNotContaining("secret").hasNoCause();
    }

    @Test
    void itsTextHoldsNoCredentials() {
        assertThat(DatabaseUrl.parse("postgres://user:secret@h/d").toString()).doesNotContain("secret", "user");
        assertThat(DatabaseUrl.parse("jdbc:postgresql://user:secret@h/d?password=secret").toString()).doesNotContain("secret", "user");
    }
}
