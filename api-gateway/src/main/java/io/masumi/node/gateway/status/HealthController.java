package io.masumi.node.gateway.status;

import io.masumi.node.gateway.access.OpenToAll;
import io.masumi.node.gateway.http.Reply;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the node answers, and on what kind of network it works. */
@RestController
@RequestMapping("/api/v1/health")
@Tag(name = "health")
final class HealthController {

    private final boolean developmentNetwork;

    HealthController(@Value("${masumi.devnet.enabled:false}") boolean developmentNetwork) {
        this.developmentNetwork = developmentNetwork;
    }

    /** @param developmentNetwork whether money on this node is worth nothing */
    record Health(String status, boolean developmentNetwork, String network) {}

    @GetMapping
    @OpenToAll
    Reply<Health> health() {
        return Reply.of(new Health("ok", developmentNetwork, developmentNetwork
                ? "DEVELOPMENT NETWORK: its money is worth nothing"
                : "Cardano"));
    }
}
