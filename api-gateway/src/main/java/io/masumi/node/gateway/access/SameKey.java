package io.masumi.node.gateway.access;

import io.masumi.node.chain.cardano.key.CompareEncryptionKey;
import io.masumi.node.chain.cardano.key.EncryptionKey;
import io.masumi.node.gateway.message.StartUp;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.access.ApiKeyQuery.FindApiKey;
import io.masumi.node.query.access.ApiKeyView;
import java.util.UUID;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

/**
 * Sees that an edge without the node's database has the same encryption key as who keeps the secrets: with another one it would know nobody
 * by the hash of their token, and make an admin of its own.
 */
final class SameKey {

    private final EncryptionKey key;
    private final AccessTokens tokens;
    private final String adminKey;
    private final Views views;
    private final StartUp startUp;

    /** @param adminKey that is known by its hash if the key is right; empty for none */
    SameKey(EncryptionKey key, AccessTokens tokens, String adminKey, Views views, StartUp startUp) {
        this.key = key;
        this.tokens = tokens;
        this.adminKey = adminKey;
        this.views = views;
        this.startUp = startUp;
    }

    /** Before an admin key is made. */
    @EventListener(ApplicationReadyEvent.class)
    @Order(-1)
    void compare() {
        if (!startUp.once("compare the encryption keys", () -> isKnown() || isTheSame())) {
            throw new IllegalStateException(
                    "ENCRYPTION_KEY is not the one that this node's secrets are sealed under; all processes of a node need the same");
        }
    }

    /** So that an edge comes up also while nobody plays the chain, once the node has its admin. */
    private boolean isKnown() {
        return !adminKey.isEmpty() && views.one(new FindApiKey(tokens.keyId(adminKey)), ApiKeyView.class).isPresent();
    }

    private boolean isTheSame() {
        String challenge = UUID.randomUUID().toString();
        return views.one(new CompareEncryptionKey(challenge, key.proofFor(challenge)), Boolean.class).orElseThrow();
    }
}
