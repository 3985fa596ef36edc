package io.masumi.node.gateway.dispute;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.chain.dispute.Dispute;
import io.masumi.node.chain.dispute.FindDisputes;
import io.masumi.node.dispute.DisputeWithdrawalId;
import io.masumi.node.dispute.DisputeWithdrawalStatus;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.http.RecordJson;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.dispute.DisputeQuery.FindDisputeWithdrawal;
import io.masumi.node.query.dispute.DisputeQuery.ListDisputeWithdrawals;
import io.masumi.node.query.sale.SaleKind;
import io.masumi.node.query.sale.SaleQuery.FindSale;
import io.masumi.node.query.source.PaymentSourceView;
import io.swagger.v3.oas.annotations.Operation;
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

/** Disputes and what admins do about them. Beyond the wire contract, which has no dispute desk. */
@RestController
@RequestMapping("/api/v1/disputes")
@Tag(name = "disputes")
final class DisputeController {

    private static final long PROPOSED = 0;

    private final Views views;
    private final Commands commands;
    private final DisputeSources sources;

    DisputeController(Views views, Commands commands, DisputeSources sources) {
        this.views = views;
        this.commands = commands;
        this.sources = sources;
    }

    /** @param cursorId id of the dispute that the page starts with. @param smartContractAddress null for the network's only one */
    record DisputePage(@NotNull Network network, @Size(max = 250) String smartContractAddress, @Min(1) @Max(100) Integer limit,
            @Size(max = 250) String cursorId) {

        DisputePage {
            limit = limit == null ? 10 : limit;
        }
    }

    record Disputes(@JsonProperty("Disputes") List<DisputeReply> disputes) {}

    @GetMapping
    @Needs(Permission.ADMIN)
    @Operation(summary = "The escrows of a contract that are disputed on chain now, newest first, with their evidence")
    Reply<Disputes> list(@Valid @ParameterObject DisputePage page, Caller caller) {
        caller.mustUse(page.network());
        PaymentSourceView source = sources.find(page.network(), page.smartContractAddress());
        return Reply.of(new Disputes(views.list(new FindDisputes(source.id(), page.limit(), page.cursorId()), Dispute.class).stream()
                .map(this::reply).toList()));
    }

    private DisputeReply reply(Dispute dispute) {
        if (dispute.blockchainIdentifier() == null) {
            return DisputeReply.of(dispute, null, null);
        }
        BlockchainIdentifier identifier = new BlockchainIdentifier(dispute.blockchainIdentifier());
        return DisputeReply.of(dispute, id(SaleKind.Payment, identifier), id(SaleKind.Purchase, identifier));
    }

    private String id(SaleKind kind, BlockchainIdentifier identifier) {
        return views.one(new FindSale(kind, kind.idOf(identifier), false), WireRecord.class).map(WireRecord::id).orElse(null);
    }

    @PostMapping("/withdrawal")
    @Needs(Permission.ADMIN)
    @Operation(summary = "Builds the transaction that ends a disputed escrow, for admins to sign; it is sent once all have signed")
    Reply<RecordJson> build(@Valid @RequestBody BuildWithdrawalRequest body, Caller caller) {
        caller.mustUse(body.network());
        PaymentSourceView source = sources.find(body.network(), body.smartContractAddress());
        DisputeWithdrawalId id = commands.send(body.command(source.id(), caller.requester()), caller.requester(),
                DisputeWithdrawalId.class);
        return shown(id, PROPOSED);
    }

    @PostMapping("/withdrawal/signature")
    @Needs(Permission.ADMIN)
    @Operation(summary = "Hands in an admin's or the fee payer's signature; the same again changes nothing")
    Reply<RecordJson> sign(@Valid @RequestBody SignWithdrawalRequest body, Caller caller) {
        find(body.withdrawalId(), caller);
        return shown(body.withdrawalId(), commands.send(body.command(caller.requester()), caller.requester()));
    }

    record WithdrawalRequest(@NotNull @Size(max = 250) String id) {}

    @GetMapping("/withdrawal")
    @Needs(Permission.ADMIN)
    @Operation(summary = "A withdrawal: what is to be signed, by whom, who has, and what became of it")
    Reply<RecordJson> withdrawal(@Valid @ParameterObject WithdrawalRequest request, Caller caller) {
        return Reply.of(RecordJson.of(find(new DisputeWithdrawalId(request.id()), caller)));
    }

    /** @param escrow transaction hash, {@code #} and index of an escrow's output: only its withdrawals */
    record WithdrawalPage(@NotNull Network network, @Min(1) @Max(100) Integer limit, @Size(max = 250) String cursorId,
            DisputeWithdrawalStatus status, @Size(max = 250) String escrow) {

        WithdrawalPage {
            limit = limit == null ? 10 : limit;
        }
    }

    record Withdrawals(@JsonProperty("DisputeWithdrawals") List<RecordJson> disputeWithdrawals) {}

    @GetMapping("/withdrawals")
    @Needs(Permission.ADMIN)
    @Operation(summary = "Withdrawals that were put before admins, newest first")
    Reply<Withdrawals> withdrawals(@Valid @ParameterObject WithdrawalPage page, Caller caller) {
        caller.mustUse(page.network());
        return Reply.of(new Withdrawals(RecordJson.of(views.list(
                new ListDisputeWithdrawals(page.network(), page.limit(), page.cursorId(), page.status(), page.escrow()),
                WireRecord.class))));
    }

    private WireRecord find(DisputeWithdrawalId id, Caller caller) {
        WireRecord found = views.one(new FindDisputeWithdrawal(id), WireRecord.class)
                .orElseThrow(() -> Problem.notFound("There is no dispute withdrawal with this id"));
        caller.mustUse(found.network());
        return found;
    }

    private Reply<RecordJson> shown(DisputeWithdrawalId id, long version) {
        return Reply.of(RecordJson.of(views.atLeast(new FindDisputeWithdrawal(id), WireRecord.class, WireRecord::version, version)));
    }
}
