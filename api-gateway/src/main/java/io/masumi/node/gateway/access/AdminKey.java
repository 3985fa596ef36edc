package io.masumi.node.gateway.access;

import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand.CreateApiKey;
import io.masumi.node.access.KeyPermissions;
import io.masumi.node.escrow.Funds;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Commands;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;

/** The first admin's key, which no other key could have made. Making it again changes nothing. */
final class AdminKey {

    private final AccessTokens tokens;
    private final Commands commands;
    private final String token;

    /** @param token the operator's choice or what the first start generated; empty for none */
    AdminKey(AccessTokens tokens, Commands commands, String token) {
        if (!token.isEmpty() && token.length() < AccessTokens.SHORTEST) {
            throw new IllegalArgumentException("The admin key must have at least " + AccessTokens.SHORTEST + " characters");
        }
        this.tokens = tokens;
        this.commands = commands;
        this.token = token;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(0)
    void make() {
        if (token.isEmpty()) {
            return;
        }
        try {
            commands.send(new CreateApiKey(tokens.keyId(token), tokens.hash(token), AccessTokens.masked(token), KeyPermissions.admin(),
                    Funds.NONE, Requester.NODE), Requester.NODE);
        } catch (Problem problem) {
            if (problem.status() != HttpStatus.CONFLICT) {
                throw problem;
            }
        }
    }
}
