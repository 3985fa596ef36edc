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
import io.masumi.node.query.access.ApiKeyQuery.ListApiKeys;
import io.masumi.node.query.access.ApiKeyView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;

/**
 * The first admin's key, which no other key could have made. Making it again changes nothing. One that the node itself generated is made
 * only where there is no key at all yet: a data directory that is new is no reason for another admin.
 */
public final class AdminKey {

    private static final Logger LOG = LoggerFactory.getLogger(AdminKey.class);

    private final AccessTokens tokens;
    private final Commands commands;
    private final Views views;
    private final StartUp startUp;
    private final String token;
    private final boolean generated;
    private volatile boolean known;

    /**
     * @param token the operator's choice or what the first start generated; empty for none
     * @param generated whether it is not the operator's choice
     */
    AdminKey(AccessTokens tokens, Commands commands, Views views, StartUp startUp, String token, boolean generated) {
        if (!token.isEmpty() && token.length() < AccessTokens.SHORTEST) {
            throw new IllegalArgumentException("The admin key must have at least " + AccessTokens.SHORTEST + " characters");
        }
        this.tokens = tokens;
        this.commands = commands;
        this.views = views;
        this.startUp = startUp;
        this.token = token;
        this.generated = generated;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(0)
    void make() {
        if (!token.isEmpty()) {
            known = startUp.once("make the admin key", this::makeOnce);
        }
    }

    /** Whether the key is a key of this node. */
    public boolean isKnown() {
        return known;
    }

    /** Waits until the key is known: whoever reads it from the console may use it at once. */
    private boolean makeOnce() {
        ApiKeyId id = tokens.keyId(token);
        if (views.one(new FindApiKey(id), ApiKeyView.class).isPresent()) {
            return true;
        }
        if (generated && !views.list(new ListApiKeys(1, null), ApiKeyView.class).isEmpty()) {
            LOG.warn("This node has keys already, so that no admin key is made. If none is at hand, set ADMIN_KEY to a new one");
            return false;
        }
        make(id);
        return true;
    }

    private void make(ApiKeyId id) {
        try {
            commands.send(new CreateApiKey(id, tokens.hash(token), AccessTokens.masked(token), KeyPermissions.admin(), Funds.NONE,
                    Requester.NODE), Requester.NODE);
        } catch (Problem problem) {
            if (problem.status() != HttpStatus.CONFLICT) {
                throw problem;
            }
        }
        views.atLeast(new FindApiKey(id), ApiKeyView.class, ApiKeyView::version, 0);
    }
}
