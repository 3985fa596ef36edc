package io.masumi.node.gateway.purchase;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.access.CreditUse;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Credits;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.escrow.BulkRecovery;
import io.masumi.node.gateway.escrow.BulkRecoveryReply;
import io.masumi.node.gateway.escrow.BulkRecoveryRequest;
import io.masumi.node.gateway.escrow.EscrowPage;
import io.masumi.node.gateway.escrow.IdentifierRequest;
import io.masumi.node.gateway.escrow.Records;
import io.masumi.node.gateway.escrow.RecoveryRequest;
import io.masumi.node.gateway.escrow.ResolveRequest;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.http.RecordJson;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseCommand.CancelRefundRequest;
import io.masumi.node.purchase.PurchaseCommand.RecoverFromError;
import io.masumi.node.purchase.PurchaseCommand.RequestRefund;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.purchase.PurchaseQuery.FindPurchase;
import io.masumi.node.query.purchase.PurchaseQuery.ListPurchases;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The buyer's side: purchases of this node. A key that may read sees all purchases of its networks, whoever made them. */
@RestController
@RequestMapping("/api/v1/purchase")
@Tag(name = "purchase")
final class PurchaseController {

    private final Commands commands;
    private final Views views;
    private final Records records;
    private final Buying buying;
    private final Credits credits;
    private final BulkRecovery bulk;

    PurchaseController(Commands commands, Views views, Records records, Buying buying, Credits credits, BulkRecovery bulk) {
        this.commands = commands;
        this.views = views;
        this.records = records;
        this.buying = buying;
        this.credits = credits;
        this.bulk = bulk;
    }

    record Purchases(@JsonProperty("Purchases") List<RecordJson> purchases) {}

    @GetMapping
    @Needs(Permission.READ)
    Reply<Purchases> list(@Valid @ParameterObject EscrowPage page, Caller caller) {
        caller.mustUse(page.network());
        List<WireRecord> rows = views.list(new ListPurchases(page.network(), page.limit(), page.cursorId(),
                page.filterSmartContractAddress(), page.filterOnChainState(), page.filterPaymentSourceType(), page.needsManualAction(),
                page.searchQuery(), page.withHistory(), null), WireRecord.class);
        return Reply.of(new Purchases(RecordJson.of(rows)));
    }

    @PostMapping
    @Needs(Permission.PAY)
    Reply<RecordJson> create(@Valid @RequestBody CreatePurchaseRequest body, Caller caller) {
        caller.mustUse(body.network());
        return Reply.of(RecordJson.of(buying.begin(body, caller)));
    }

    @PostMapping("/resolve-blockchain-identifier")
    @Needs(Permission.READ)
    Reply<RecordJson> resolve(@Valid @RequestBody ResolveRequest body, Caller caller) {
        caller.mustUse(body.network());
        WireRecord found = records.find(new FindPurchase(PurchaseId.of(body.identifier()), body.withHistory()), body.network(),
                "purchase");
        if (!records.isOf(found, body.filterSmartContractAddress())) {
            throw Problem.notFound("The purchase with this blockchainIdentifier is of another contract");
        }
        return Reply.of(RecordJson.of(found));
    }

    @PostMapping("/request-refund")
    @Needs(Permission.PAY)
    Reply<RecordJson> requestRefund(@Valid @RequestBody IdentifierRequest body, Caller caller) {
        return pay(new RequestRefund(find(body, caller), caller.requester()), caller);
    }

    @PostMapping("/cancel-refund-request")
    @Needs(Permission.PAY)
    Reply<RecordJson> cancelRefundRequest(@Valid @RequestBody IdentifierRequest body, Caller caller) {
        return pay(new CancelRefundRequest(find(body, caller), caller.requester()), caller);
    }

    @PostMapping("/error-state-recovery")
    @Needs(Permission.PAY)
    Reply<RecordJson> recover(@Valid @RequestBody RecoveryRequest body, Caller caller) {
        caller.mustUse(body.network());
        PurchaseId id = PurchaseId.of(body.identifier());
        records.mustStillBe(records.find(new FindPurchase(id, false), body.network(), "purchase"), body.updatedAt());
        return act(new RecoverFromError(id, body.retry(), caller.requester()), caller);
    }

    /** Clears many at once, or lists what it would clear: an offer of ours beyond the wire contract. */
    @PostMapping("/error-state-recovery/bulk")
    @Needs(Permission.ADMIN)
    Reply<BulkRecoveryReply> recoverMany(@Valid @RequestBody BulkRecoveryRequest body, Caller caller) {
        caller.mustUse(body.network());
        return Reply.of(bulk.recover(body, new PurchaseRecovery(body.filter()), caller.requester()));
    }

    private PurchaseId find(IdentifierRequest body, Caller caller) {
        caller.mustUse(body.network());
        PurchaseId id = PurchaseId.of(body.identifier());
        records.find(new FindPurchase(id, false), body.network(), "purchase");
        return id;
    }

    /** For a key with limited usage the transaction's fee is taken in advance. */
    private Reply<RecordJson> pay(PurchaseCommand command, Caller caller) {
        return credits.holding(command.purchaseId().value(), CreditUse.Purchase, credits.rules().mostForTransactions(1),
                command.getClass().getSimpleName(), caller, () -> act(command, caller));
    }

    private Reply<RecordJson> act(PurchaseCommand command, Caller caller) {
        long version = commands.send(command, caller.requester());
        return Reply.of(RecordJson.of(views.atLeast(new FindPurchase(command.purchaseId(), false), WireRecord.class,
                WireRecord::version, version)));
    }
}
