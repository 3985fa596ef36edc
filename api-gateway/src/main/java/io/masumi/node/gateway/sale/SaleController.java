package io.masumi.node.gateway.sale;

import io.masumi.node.Requester;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.Retry;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.http.RecordJson;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.http.WireTime;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.sale.SaleKind;
import io.masumi.node.query.sale.SaleQuery.FindSale;
import io.masumi.node.query.sale.SaleQuery.ListSales;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** What payments and purchases have alike. A key that may read sees all sales of its networks, whoever began them. */
abstract class SaleController {

    private final SaleKind kind;
    private final Commands commands;
    private final Views views;
    private final BulkRecovery bulk;

    SaleController(SaleKind kind, Commands commands, Views views, BulkRecovery bulk) {
        this.kind = kind;
        this.commands = commands;
        this.views = views;
        this.bulk = bulk;
    }

    /** Clears the error of a record. @param seenVersion only while it is at that version, null for any */
    abstract Object recovery(String id, Retry retry, Long seenVersion, Requester requester);

    @PostMapping("/resolve-blockchain-identifier")
    @Needs(Permission.READ)
    Reply<RecordJson> resolve(@Valid @RequestBody ResolveRequest body, Caller caller) {
        WireRecord found = find(body.identifier(), body.network(), body.withHistory(), caller);
        if (body.filterSmartContractAddress() != null && !body.filterSmartContractAddress().equals(found.smartContractAddress())) {
            throw Problem.notFound("The " + kind.word() + " with this blockchainIdentifier is of another contract");
        }
        return Reply.of(RecordJson.of(found));
    }

    /** An operator must act on what the record shows now. */
    @PostMapping("/error-state-recovery")
    @Needs(Permission.PAY)
    Reply<RecordJson> recover(@Valid @RequestBody RecoveryRequest body, Caller caller) {
        WireRecord found = find(body.identifier(), body.network(), false, caller);
        if (found.updatedAt().toEpochMilli() != body.updatedAt().millis()) {
            throw Problem.conflict("The record changed meanwhile, at " + WireTime.text(found.updatedAt())
                    + "; look at it and try again", null, null);
        }
        return act(found.id(), recovery(found.id(), body.retry(), null, caller.requester()), caller);
    }

    /** Clears many at once, or lists what it would clear: an offer of ours beyond the wire contract. */
    @PostMapping("/error-state-recovery/bulk")
    @Needs(Permission.ADMIN)
    Reply<BulkRecoveryReply> recoverMany(@Valid @RequestBody BulkRecoveryRequest body, Caller caller) {
        caller.mustUse(body.network());
        return Reply.of(bulk.recover(body, kind, this::recovery, caller.requester()));
    }

    final List<RecordJson> page(SalePage page, Caller caller) {
        caller.mustUse(page.network());
        return RecordJson.of(views.list(new ListSales(kind, page.network(), page.limit(), page.cursorId(),
                page.filterSmartContractAddress(), page.filterOnChainState(), page.filterPaymentSourceType(), page.needsManualAction(),
                page.searchQuery(), page.withHistory(), null), WireRecord.class));
    }

    /** @throws Problem 404 if there is none of that network */
    final WireRecord find(BlockchainIdentifier identifier, Network network, boolean includeHistory, Caller caller) {
        caller.mustUse(network);
        return views.one(new FindSale(kind, kind.idOf(identifier), includeHistory), WireRecord.class)
                .filter(found -> found.network() == network).orElseThrow(
                        () -> Problem.notFound("There is no " + kind.word() + " with this blockchainIdentifier on " + network));
    }

    /** Sends a command of a record. @return the record as it is then */
    final Reply<RecordJson> act(String id, Object command, Caller caller) {
        long version = commands.send(command, caller.requester());
        return Reply.of(RecordJson.of(views.atLeast(new FindSale(kind, id, false), WireRecord.class, WireRecord::version, version)));
    }
}
