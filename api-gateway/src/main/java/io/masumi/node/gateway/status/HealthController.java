package io.masumi.node.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.masumi.node.chain.source.StoppedSource;
import io.masumi.node.gateway.access.OpenToAll;
import io.masumi.node.gateway.http.ErrorReply.Message;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.ProcessHealth;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the node serves requests, what is wrong with it, and on what kind of network it works. Answers within a second. */
@RestController
@RequestMapping("/api/v1/health")
@Tag(name = "health")
final class HealthController {

    private final boolean developmentNetwork;
    private final NodeHealth node;

    HealthController(@Value("${masumi.devnet.enabled:false}") boolean developmentNetwork, NodeHealth node) {
        this.developmentNetwork = developmentNetwork;
        this.node = node;
    }

    /**
     * The envelope: of a success with 200, of an error with 503, and the same data in both.
     *
     * @param error only with 503
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HealthReply(String status, Message error, Health data) {

        /** Of one process. */
        static HealthReply of(ProcessHealth process, boolean developmentNetwork) {
            List<Concern> all = Stream.concat(process.outages().stream(), process.concerns().stream()).toList();
            return of(new NodeHealth.Findings(process.outages().isEmpty(), all, List.of()), developmentNetwork);
        }

        private static HealthReply of(NodeHealth.Findings found, boolean developmentNetwork) {
            String status = !found.serves() ? "unavailable" : found.reasons().isEmpty() ? "ok" : "degraded";
            Health health = new Health(status, developmentNetwork, developmentNetwork
                    ? "DEVELOPMENT NETWORK: its money is worth nothing"
                    : "Cardano", found.stoppedSources().stream().map(Stopped::of).toList(),
                    found.reasons().stream().map(Reason::of).toList());
            return found.serves()
                    ? new HealthReply("success", null, health)
                    : new HealthReply("error", new Message("The node does not serve requests: " + found.reasons().getFirst().reason()),
                            health);
        }
    }

    /**
     * @param status {@code ok} when every part works, {@code degraded} when requests are served but something is wrong,
     *               {@code unavailable} when no requests are served
     * @param developmentNetwork whether money on this node is worth nothing
     * @param stoppedPaymentSources those whose provider does not show the chain that was followed; also among the reasons
     * @param reasons what is wrong, the worst first
     */
    record Health(String status, boolean developmentNetwork, String network, List<Stopped> stoppedPaymentSources, List<Reason> reasons) {}

    /** @param since ISO-8601 */
    record Stopped(String id, String because, String since) {

        private static Stopped of(StoppedSource source) {
            return new Stopped(source.sourceId().value(), source.because(), source.since().toString());
        }
    }

    /**
     * @param part what it is about, in a word that stays the same
     * @param subject which one, by id or name; may be empty
     * @param reason what is wrong and what to do about it
     * @param since ISO-8601, null when that is not known
     */
    record Reason(String part, String subject, String reason, String since) {

        private static Reason of(Concern concern) {
            return new Reason(concern.part(), concern.subject(), concern.reason(), Objects.toString(concern.since(), null));
        }
    }

    @GetMapping
    @OpenToAll
    ResponseEntity<HealthReply> health() {
        NodeHealth.Findings found = node.now();
        return ResponseEntity.status(found.serves() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(HealthReply.of(found, developmentNetwork));
    }
}
