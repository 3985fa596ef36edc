package io.masumi.node.gateway.payment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.access.CreditUse;
import io.masumi.node.escrow.Funds;
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
import io.masumi.node.gateway.http.HexText;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.http.RecordJson;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.Network;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentCommand.AuthorizeRefund;
import io.masumi.node.payment.PaymentCommand.RecoverFromError;
import io.masumi.node.payment.PaymentCommand.SubmitResult;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.payment.PaymentQuery.FindPayment;
import io.masumi.node.query.payment.PaymentQuery.ListPayments;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The seller's side: sales of this node. A key that may read sees all sales of its networks, whoever began them. */
@RestController
@RequestMapping("/api/v1/payment")
@Tag(name = "payment")
final class PaymentController {

    private final Commands commands;
    private final Views views;
    private final Records records;
    private final Selling selling;
    private final Credits credits;
    private final BulkRecovery bulk;

    PaymentController(Commands commands, Views views, Records records, Selling selling, Credits credits, BulkRecovery bulk) {
        this.commands = commands;
        this.views = views;
        this.records = records;
        this.selling = selling;
        this.credits = credits;
        this.bulk = bulk;
    }

    record Payments(@JsonProperty("Payments") List<RecordJson> payments) {}

    @GetMapping
    @Needs(Permission.READ)
    Reply<Payments> list(@Valid @ParameterObject EscrowPage page, Caller caller) {
        caller.mustUse(page.network());
        List<WireRecord> rows = views.list(new ListPayments(page.network(), page.limit(), page.cursorId(),
                page.filterSmartContractAddress(), page.filterOnChainState(), page.filterPaymentSourceType(), page.needsManualAction(),
                page.searchQuery(), page.withHistory(), null), WireRecord.class);
        return Reply.of(new Payments(RecordJson.of(rows)));
    }

    @PostMapping
    @Needs(Permission.PAY)
    Reply<RecordJson> create(@Valid @RequestBody CreatePaymentRequest body, Caller caller) {
        caller.mustUse(body.network());
        return Reply.of(RecordJson.of(selling.begin(body, caller)));
    }

    @PostMapping("/resolve-blockchain-identifier")
    @Needs(Permission.READ)
    Reply<RecordJson> resolve(@Valid @RequestBody ResolveRequest body, Caller caller) {
        caller.mustUse(body.network());
        WireRecord found = records.find(new FindPayment(PaymentId.of(body.identifier()), body.withHistory()), body.network(), "payment");
        if (!records.isOf(found, body.filterSmartContractAddress())) {
            throw Problem.notFound("The payment with this blockchainIdentifier is of another contract");
        }
        return Reply.of(RecordJson.of(found));
    }

    @PostMapping("/submit-result")
    @Needs(Permission.PAY)
    Reply<RecordJson> submitResult(@Valid @RequestBody SubmitResultRequest body, Caller caller) {
        PaymentId id = find(body.identifier(), body.network(), caller);
        String resultHash = HexText.lowerCase(body.submitResultHash());
        return pay(new SubmitResult(id, resultHash, caller.requester()), credits.rules().mostForResult(), resultHash, caller);
    }

    @PostMapping("/authorize-refund")
    @Needs(Permission.PAY)
    Reply<RecordJson> authorizeRefund(@Valid @RequestBody IdentifierRequest body, Caller caller) {
        PaymentId id = find(body.identifier(), body.network(), caller);
        return pay(new AuthorizeRefund(id, caller.requester()), credits.rules().mostForTransactions(1), "AuthorizeRefund", caller);
    }

    @PostMapping("/error-state-recovery")
    @Needs(Permission.PAY)
    Reply<RecordJson> recover(@Valid @RequestBody RecoveryRequest body, Caller caller) {
        caller.mustUse(body.network());
        PaymentId id = PaymentId.of(body.identifier());
        records.mustStillBe(records.find(new FindPayment(id, false), body.network(), "payment"), body.updatedAt());
        return act(new RecoverFromError(id, body.retry(), caller.requester()), caller);
    }

    /** Clears many at once, or lists what it would clear: an offer of ours beyond the wire contract. */
    @PostMapping("/error-state-recovery/bulk")
    @Needs(Permission.ADMIN)
    Reply<BulkRecoveryReply> recoverMany(@Valid @RequestBody BulkRecoveryRequest body, Caller caller) {
        caller.mustUse(body.network());
        return Reply.of(bulk.recover(body, new PaymentRecovery(body.filter()), caller.requester()));
    }

    private PaymentId find(BlockchainIdentifier identifier, Network network, Caller caller) {
        caller.mustUse(network);
        PaymentId id = PaymentId.of(identifier);
        records.find(new FindPayment(id, false), network, "payment");
        return id;
    }

    /** For a key with limited usage what its transactions may take at most is taken in advance. */
    private Reply<RecordJson> pay(PaymentCommand command, Funds most, String request, Caller caller) {
        return credits.holding(command.paymentId().value(), CreditUse.Sale, most, request, caller,
                () -> act(command, caller));
    }

    private Reply<RecordJson> act(PaymentCommand command, Caller caller) {
        long version = commands.send(command, caller.requester());
        return Reply.of(RecordJson.of(views.atLeast(new FindPayment(command.paymentId(), false), WireRecord.class, WireRecord::version,
                version)));
    }
}
