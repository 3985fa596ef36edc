package io.masumi.node.gateway.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.http.WireTime;
import io.masumi.node.gateway.http.HexText;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.http.RecordJson;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.registry.RegistryQuery.CountRegistrations;
import io.masumi.node.query.registry.RegistryQuery.ListRegistrationChanges;
import io.masumi.node.query.registry.RegistryQuery.ListRegistrations;
import io.masumi.node.query.registry.RegistryQuery.Status;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Agents that this node registered. */
@RestController
@RequestMapping("/api/v1/registry")
@Tag(name = "registry")
final class RegistryController {

    private final Views views;
    private final Registering registering;

    RegistryController(Views views, Registering registering) {
        this.views = views;
        this.registering = registering;
    }

    /** @param limit 1 to 100, 10 when absent. @param cursorId id of the entry that the page starts with */
    record PageRequest(@Min(1) @Max(100) Integer limit, @Size(max = 250) String cursorId, @NotNull Network network,
            @Size(max = 250) String filterSmartContractAddress, PaymentSourceType filterPaymentSourceType, Status filterStatus,
            @Size(max = 250) String searchQuery, @Size(min = 57, max = 250) String filterAgentIdentifier) {

        PageRequest {
            limit = limit == null ? 10 : limit;
            filterAgentIdentifier = HexText.lowerCase(filterAgentIdentifier);
        }
    }

    record Assets(@JsonProperty("Assets") List<RecordJson> assets) {}

    @GetMapping
    @Needs(Permission.READ)
    Reply<Assets> list(@Valid @ParameterObject PageRequest page, Caller caller) {
        caller.mustUse(page.network());
        List<WireRecord> rows = page.filterPaymentSourceType() == PaymentSourceType.Web3CardanoV2
                ? List.of()
                : views.list(new ListRegistrations(page.network(), page.limit(), page.cursorId(), page.filterSmartContractAddress(),
                        page.filterStatus(), page.searchQuery(), page.filterAgentIdentifier()), WireRecord.class);
        return Reply.of(new Assets(RecordJson.of(rows)));
    }

    @PostMapping
    @Needs(Permission.PAY)
    Reply<RecordJson> register(@Valid @RequestBody RegisterAgentRequest body, Caller caller) {
        caller.mustUse(body.network());
        return Reply.of(RecordJson.of(registering.register(body, caller)));
    }

    @PostMapping("/deregister")
    @Needs(Permission.PAY)
    Reply<RecordJson> deregister(@Valid @RequestBody DeregisterAgentRequest body, Caller caller) {
        caller.mustUse(body.network());
        return Reply.of(RecordJson.of(registering.deregister(body, caller)));
    }

    record DeleteRequest(@NotNull @Size(min = 1, max = 250) String id) {}

    @DeleteMapping
    @Needs(Permission.ADMIN)
    Reply<RecordJson> delete(@Valid @RequestBody DeleteRequest body, Caller caller) {
        return Reply.of(RecordJson.of(registering.delete(body.id(), caller)));
    }

    /**
     * @param limit 1 to 100, 10 when absent
     * @param lastUpdate ISO-8601: changes since then, itself included
     * @param cursorId of what changed at that very instant, the id to begin with
     */
    record ChangesRequest(@Min(1) @Max(100) Integer limit, @Size(max = 250) String cursorId, @Size(max = 40) String lastUpdate,
            @NotNull Network network, @Size(max = 250) String filterSmartContractAddress, PaymentSourceType filterPaymentSourceType) {

        ChangesRequest {
            limit = limit == null ? 10 : limit;
        }

        Instant since() {
            try {
                return lastUpdate == null ? Instant.EPOCH : Instant.ofEpochMilli(WireTime.parse(lastUpdate).millis());
            } catch (IllegalArgumentException e) {
                throw Problem.invalid("lastUpdate " + e.getMessage());
            }
        }
    }

    @GetMapping("/diff")
    @Needs(Permission.READ)
    Reply<Assets> changes(@Valid @ParameterObject ChangesRequest page, Caller caller) {
        caller.mustUse(page.network());
        Instant since = page.since();
        List<WireRecord> rows = page.filterPaymentSourceType() == PaymentSourceType.Web3CardanoV2
                ? List.of()
                : views.list(new ListRegistrationChanges(page.network(), page.limit(), since, page.cursorId(),
                        page.filterSmartContractAddress()), WireRecord.class);
        return Reply.of(new Assets(RecordJson.of(rows)));
    }

    record CountRequest(@NotNull Network network, @Size(max = 250) String filterSmartContractAddress,
            PaymentSourceType filterPaymentSourceType) {}

    record Count(long total) {}

    @GetMapping("/count")
    @Needs(Permission.READ)
    Reply<Count> count(@Valid @ParameterObject CountRequest request, Caller caller) {
        caller.mustUse(request.network());
        return Reply.of(new Count(request.filterPaymentSourceType() == PaymentSourceType.Web3CardanoV2
                ? 0
                : views.one(new CountRegistrations(request.network(), request.filterSmartContractAddress()), Long.class).orElse(0L)));
    }
}
