package io.masumi.node.gateway.access;

import io.masumi.node.gateway.http.Reply;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the key of the request is and may do. */
@RestController
@RequestMapping("/api/v1/api-key-status")
@Tag(name = "api-key")
final class ApiKeyStatusController {

    @GetMapping
    @Needs(Permission.ANY_KEY)
    Reply<ApiKeyReply> status(Caller caller) {
        return Reply.of(ApiKeyReply.masked(caller.key()));
    }
}
