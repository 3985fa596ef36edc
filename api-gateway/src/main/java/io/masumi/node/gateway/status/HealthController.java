package io.masumi.node.gateway.status;

import io.masumi.node.gateway.access.OpenToAll;
import io.masumi.node.gateway.http.Reply;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the node answers, on what kind of network it works, and for which payment sources it does nothing. */
@RestController
@RequestMapping("/api/v1/health")
@Tag(name = "health")
final class HealthController {

    private final boolean developmentNetwork;
    private final StoppedSources stopped;

    HealthController(@Value("${masumi.devnet.enabled:false}") boolean developmentNetwork, StoppedSources stopped) {
        this.developmentNetwork = developmentNetwork;
        this.stopped = stopped;
    }

    /**
     * @param status {@code ok}, or {@code degraded} when some payment source is stopped
     * @param developmentNetwork whether money on this node is worth nothing
     * @param stoppedPaymentSources those whose provider does not show the chain that was followed
     */
    record Health(String status, boolean developmentNetwork, String network, List<Stopped> stoppedPaymentSources) {}

    /** @param since ISO-8601 */
    record Stopped(String id, String because, String since) {}

    @GetMapping
    @OpenToAll
    Reply<Health> health() {
        List<Stopped> sources = stopped.now().stream()
                .map(source -> new Stopped(source.sourceId().value(), source.because(), source.since().toString())).toList();
        return Reply.of(new Health(sources.isEmpty() ? "ok" : "degraded", developmentNetwork, developmentNetwork
                ? "DEVELOPMENT NETWORK: its money is worth nothing"
                : "Cardano", sources));
    }
}
