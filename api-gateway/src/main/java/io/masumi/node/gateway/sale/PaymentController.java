package io.masumi.node.gateway.sale;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.Requester;
import io.masumi.node.access.CreditUse;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.Retry;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Credits;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.http.HexText;
import io.masumi.node.gateway.http.RecordJson;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentCommand.AuthorizeRefund;
import io.masumi.node.payment.PaymentCommand.RecoverFromError;
import io.masumi.node.payment.PaymentCommand.SubmitResult;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.query.sale.SaleKind;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The seller's side: sales of this node. */
@RestController
@RequestMapping("/api/v1/payment")
@Tag(name = "payment")
final class PaymentController extends SaleController {

    private final Selling selling;
    private final Credits credits;

    PaymentController(Commands commands, Views views, BulkRecovery bulk, Selling selling, Credits credits) {
        super(SaleKind.Payment, commands, views, bulk);
        this.selling = selling;
        this.credits = credits;
    }

    record Payments(@JsonProperty("Payments") List<RecordJson> payments) {}

    @GetMapping
    @Needs(Permission.READ)
    Reply<Payments> list(@Valid @ParameterObject SalePage page, Caller caller) {
        return Reply.of(new Payments(page(page, caller)));
    }

    @PostMapping
    @Needs(Permission.PAY)
    Reply<RecordJson> create(@Valid @RequestBody CreatePaymentRequest body, Caller caller) {
        caller.mustUse(body.network());
        return Reply.of(RecordJson.of(selling.begin(body, caller)));
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

    @Override
    Object recovery(String id, Retry retry, Long seenVersion, Requester requester) {
        return new RecoverFromError(new PaymentId(id), retry, seenVersion, requester);
    }

    private PaymentId find(BlockchainIdentifier identifier, Network network, Caller caller) {
        return new PaymentId(find(identifier, network, false, caller).id());
    }

    /** For a key with limited usage what its transactions may take at most is taken in advance. */
    private Reply<RecordJson> pay(PaymentCommand command, Funds most, String request, Caller caller) {
        String id = command.paymentId().value();
        return credits.holding(id, CreditUse.Sale, most, request, caller, () -> act(id, command, caller));
    }
}
