package io.masumi.node.gateway.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.chain.follower.reading.FindReadings;
import io.masumi.node.chain.follower.reading.ReadAgain;
import io.masumi.node.chain.follower.reading.ReadingStatus;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.source.PaymentSourceQuery.FindPaymentSource;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.source.PaymentSourceId;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An operator has a contract read once more, in case something there is not recorded: an offer of ours beyond the wire contract. */
@RestController
@RequestMapping("/api/v1/payment-source-extended/re-read")
@Tag(name = "payment-source")
final class ReReadController {

    private final Commands commands;
    private final Views views;

    ReReadController(Commands commands, Views views) {
        this.commands = commands;
        this.views = views;
    }

    /** @param fromBlockHeight first block to read again. @param transactionHash one transaction instead. Exactly one of them is given */
    record ReReadRequest(@NotNull @Size(max = 250) String id, @Min(0) Long fromBlockHeight,
            @Pattern(regexp = "[0-9a-fA-F]{64}", message = "must be 64 hex digits") String transactionHash) {

        ReadAgain order(Caller caller) {
            if ((fromBlockHeight == null) == (transactionHash == null)) {
                throw Problem.invalid("Give either fromBlockHeight or transactionHash");
            }
            PaymentSourceId sourceId = new PaymentSourceId(id);
            return fromBlockHeight != null
                    ? new ReadAgain.FromBlock(sourceId, fromBlockHeight, caller.requester())
                    : new ReadAgain.Transaction(sourceId, transactionHash.toLowerCase(Locale.ROOT), caller.requester());
        }
    }

    /**
     * How far reading is.
     *
     * @param followedToBlockHeight null before the first look
     * @param reReadings the newest fifty, newest first
     * @param awaitedTransactions the first fifty that are read by their hashes, in that order
     */
    record ReadingReply(String id, Long followedToBlockHeight, @JsonProperty("ReReadings") List<ReReading> reReadings,
            @JsonProperty("AwaitedTransactions") List<Awaited> awaitedTransactions) {

        static ReadingReply of(PaymentSourceId sourceId, ReadingStatus status) {
            return new ReadingReply(sourceId.value(), status.followedTo(),
                    status.rereadings().stream()
                            .map(each -> new ReReading(each.why(), each.fromHeight(),
                                    each.throughHeight() == null ? each.doneHeight() : each.throughHeight(), each.found(),
                                    each.orderedAt(), each.finishedAt()))
                            .toList(),
                    status.awaited().stream()
                            .map(each -> new Awaited(each.hash(), each.height(), each.why(), each.failures(), each.since())).toList());
        }
    }

    /**
     * @param fromBlockHeight null until it is known
     * @param readToBlockHeight null before the first page
     * @param found transactions that were not recorded
     * @param finishedAt null while it is under way
     */
    record ReReading(String why, Long fromBlockHeight, Long readToBlockHeight, int found, Instant orderedAt, Instant finishedAt) {}

    /** @param blockHeight null until it is known. @param failures looks in vain so far */
    record Awaited(String transactionHash, Long blockHeight, String why, int failures, Instant since) {}

    /** Has a contract read again from a block on, or one transaction of it. What is recorded already stays as it is; asking twice is asking once. */
    @PostMapping
    @Needs(Permission.ADMIN)
    Reply<ReadingReply> order(@Valid @RequestBody ReReadRequest body, Caller caller) {
        ReadAgain order = body.order(caller);
        mustUse(order.sourceId(), caller);
        return Reply.of(ReadingReply.of(order.sourceId(), commands.send(order, caller.requester(), ReadingStatus.class)));
    }

    /** How far that is. */
    @GetMapping
    @Needs(Permission.ADMIN)
    Reply<ReadingReply> status(@RequestParam @Size(max = 250) String id, Caller caller) {
        PaymentSourceId sourceId = new PaymentSourceId(id);
        mustUse(sourceId, caller);
        return Reply.of(ReadingReply.of(sourceId, views.one(new FindReadings(sourceId), ReadingStatus.class).orElseThrow()));
    }

    private void mustUse(PaymentSourceId sourceId, Caller caller) {
        caller.mustUse(views.one(new FindPaymentSource(sourceId), PaymentSourceView.class)
                .orElseThrow(() -> Problem.notFound("There is no payment source " + sourceId)).network());
    }
}
