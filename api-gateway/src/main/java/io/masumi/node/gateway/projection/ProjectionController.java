package io.masumi.node.gateway.projection;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.platform.setaside.ListSetAside;
import io.masumi.node.platform.setaside.RebuildSaga;
import io.masumi.node.platform.setaside.RetrySetAside;
import io.masumi.node.platform.setaside.SetAside;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What handles events: projections, plain handlers and sagas, each a processing group. */
@RestController
@RequestMapping("/api/v1/projections")
@Tag(name = "projections")
final class ProjectionController {

    private final Commands commands;
    private final Views views;

    ProjectionController(Commands commands, Views views) {
        this.commands = commands;
        this.views = views;
    }

    /** @param limit 1 to 1000, 100 when absent */
    record SetAsideRequest(@Min(1) @Max(1000) Integer limit) {

        SetAsideRequest {
            limit = limit == null ? 100 : limit;
        }
    }

    /** @param aggregateId of a record it is the record's id. @param since ISO-8601, as is nextAttempt */
    record Entry(String processor, String aggregateId, String eventName, long eventPosition, long firstEvent, long lastEvent, String reason,
            String since, int attempts, String nextAttempt) {

        static Entry of(SetAside it) {
            return new Entry(it.group(), it.sequence(), it.eventName(), it.eventIndex(), it.firstNumber(), it.lastNumber(), it.reason(),
                    it.since().toString(), it.attempts(), it.nextAttempt().toString());
        }
    }

    record Entries(@JsonProperty("SetAside") List<Entry> setAside) {}

    @GetMapping("/set-aside")
    @Needs(Permission.ADMIN)
    Reply<Entries> setAside(@Valid @ParameterObject SetAsideRequest request) {
        return Reply.of(new Entries(views.list(new ListSetAside(request.limit()), SetAside.class).stream().map(Entry::of).toList()));
    }

    /** @param processor only of this one; null for all. @param aggregateId only of this one; null for all */
    record RetryRequest(@Size(min = 1, max = 250) String processor, @Size(min = 1, max = 250) String aggregateId) {}

    /** @param ordered how many are tried again within a second or so */
    record Retries(int ordered) {}

    @PostMapping("/set-aside/retry")
    @Needs(Permission.ADMIN)
    Reply<Retries> retry(@Valid @RequestBody RetryRequest request, Caller caller) {
        return Reply.of(new Retries(commands.send(new RetrySetAside(request.processor(), request.aggregateId()), caller.requester(),
                Integer.class)));
    }

    /** @param processor one of sagas: payment-saga, purchase-saga, registration-saga */
    record RebuildRequest(@NotNull @Size(min = 1, max = 250) String processor, @NotNull @Size(min = 1, max = 250) String aggregateId) {}

    /** Has the saga of a record made anew from the record's events, whatever is stored of it. Nothing is done on chain twice by that. */
    @PostMapping("/sagas/rebuild")
    @Needs(Permission.ADMIN)
    Reply<Retries> rebuild(@Valid @RequestBody RebuildRequest request, Caller caller) {
        if (!commands.send(new RebuildSaga(request.processor(), request.aggregateId()), caller.requester(), Boolean.class)) {
            throw Problem.notFound("There are no sagas in " + request.processor() + ", or there is no record " + request.aggregateId());
        }
        return Reply.of(new Retries(1));
    }
}
