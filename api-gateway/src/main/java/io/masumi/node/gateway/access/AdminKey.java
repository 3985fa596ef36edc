package io.masumi.node.gateway.access;

import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand.CreateApiKey;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.KeyPermissions;
import io.masumi.node.escrow.Funds;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.StartUp;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.access.ApiKeyQuery.FindApiKey;
import io.masumi.node.query.access.ApiKeyView;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;

/** The first admin's key, which no other key could have made. Making it again changes nothing. */
final class AdminKey {

    private final AccessTokens tokens;
    private final Commands commands;
    private final Views views;
    private final StartUp startUp;
    private final String token;

    /** @param token the operator's choice or what the first start generated; empty for none */
    AdminKey(AccessTokens tokens, Commands commands, Views views, StartUp startUp, String token) {
        if (!token.isEmpty() && token.length() < AccessTokens.SHORTEST) {
            throw new IllegalArgumentException("The admin key must have at least " + AccessTokens.SHORTEST + " characters");
        }
        this.tokens = tokens;
        this.commands = commands;
        this.views = views;
        this.startUp = startUp;
        this.token = token;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(0)
    void make() {
        if (!token.isEmpty()) {
            startUp.once("make the admin key", this::makeOnce);
        }
    }

    /** Waits until the key is known: whoever reads it from the console may use it at once. */
    private ApiKeyView makeOnce() {
        ApiKeyId id = tokens.keyId(token);
        return views.one(new FindApiKey(id), ApiKeyView.class).orElseGet(() -> make(id));
    }

    private ApiKeyView make(ApiKeyId id) {
        try {
            commands.send(new CreateApiKey(id, tokens.hash(token), AccessTokens.masked(token), KeyPermissions.admin(), Funds.NONE,
                    Requester.NODE), Requester.NODE);
        } catch (Problem problem) {
            if (problem.status() != HttpStatus.CONFLICT) {
                throw problem;
            }
        }
        return views.atLeast(new FindApiKey(id), ApiKeyView.class, ApiKeyView::version, 0);
    }
}
