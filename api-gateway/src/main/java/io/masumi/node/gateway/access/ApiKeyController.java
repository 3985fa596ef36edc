package io.masumi.node.gateway.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.access.ApiKeyCommand.ChangeApiKey;
import io.masumi.node.access.ApiKeyCommand.CreateApiKey;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.access.ApiKeyQuery.FindApiKey;
import io.masumi.node.query.access.ApiKeyQuery.ListApiKeys;
import io.masumi.node.query.access.ApiKeyView;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys of this node. */
@RestController
@RequestMapping("/api/v1/api-key")
@Tag(name = "api-key")
final class ApiKeyController {

    private final Commands commands;
    private final Views views;
    private final AccessTokens tokens;

    ApiKeyController(Commands commands, Views views, AccessTokens tokens) {
        this.commands = commands;
        this.views = views;
        this.tokens = tokens;
    }

    /** @param cursorId id of the key that the page starts with */
    record PageRequest(@Min(1) @Max(100) Integer take, @Size(max = 550) String cursorId) {

        PageRequest {
            take = take == null ? 10 : take;
        }
    }

    record ApiKeys(@JsonProperty("ApiKeys") List<ApiKeyReply> apiKeys) {}

    @GetMapping
    @Needs(Permission.ADMIN)
    Reply<ApiKeys> list(@Valid @ParameterObject PageRequest page) {
        List<ApiKeyView> keys = views.list(new ListApiKeys(page.take(), page.cursorId()), ApiKeyView.class);
        return Reply.of(new ApiKeys(keys.stream().map(ApiKeyReply::masked).toList()));
    }

    @PostMapping
    @Needs(Permission.ADMIN)
    Reply<ApiKeyReply> create(@Valid @RequestBody CreateApiKeyRequest body, Caller caller) {
        String token = tokens.fresh();
        ApiKeyId id = tokens.keyId(token);
        long version = commands
                .send(new CreateApiKey(id, tokens.hash(token), AccessTokens.masked(token), body.permissions(), body.credits(),
                        caller.requester()), caller.requester());
        ApiKeyView key = views.atLeast(new FindApiKey(id), ApiKeyView.class, ApiKeyView::version, version);
        return Reply.of(ApiKeyReply.of(key, token));
    }

    @PatchMapping
    @Needs(Permission.ADMIN)
    Reply<ApiKeyReply> change(@Valid @RequestBody ChangeApiKeyRequest body, Caller caller) {
        ChangeApiKey command = body.command(caller.requester());
        if (views.one(new FindApiKey(command.keyId()), ApiKeyView.class).isEmpty()) {
            throw Problem.notFound("There is no API key with this id");
        }
        long version = commands.send(command, caller.requester());
        return Reply.of(ApiKeyReply.masked(views.atLeast(new FindApiKey(command.keyId()), ApiKeyView.class, ApiKeyView::version, version)));
    }
}
