package io.masumi.node.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.chain.cardano.key.EncryptionKey;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

    private final AccessTokens tokens = new AccessTokens(new EncryptionKey("one encryption key of the node"), new SecureRandom());

    @Test
    void makesTokensOf256RandomBits() {
        String token = tokens.fresh();
        assertThat(Base64.getUrlDecoder().decode(token.substring("masumi-".length()))).hasSize(32);
        assertThat(tokens.fresh()).isNotEqualTo(token);
    }

    @Test
    void hashesUnderTheNodesOwnKey() {
        AccessTokens others = new AccessTokens(new EncryptionKey("another encryption key of the node"), new SecureRandom());
        assertThat(tokens.hash("a token")).hasSize(64).isEqualTo(tokens.hash("a token")).isNotEqualTo(tokens.hash("a tokem"))
                .isNotEqualTo(others.hash("a token"));
    }

    @Test
    void showsNextToNothingOfAToken() {
        assertThat(AccessTokens.masked("masumi-abcdefghijklmnop")).isEqualTo("********mnop");
    }
}
