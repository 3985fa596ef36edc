package io.masumi.node.gateway.sale;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.Requester;
import io.masumi.node.access.CreditUse;
import io.masumi.node.escrow.Retry;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Credits;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.http.RecordJson;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseCommand.CancelRefundRequest;
import io.masumi.node.purchase.PurchaseCommand.RecoverFromError;
import io.masumi.node.purchase.PurchaseCommand.RequestRefund;
import io.masumi.node.purchase.PurchaseId;
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

/** The buyer's side: purchases of this node. A key that may read sees all purchases of its networks, whoever made them. */
@RestController
@RequestMapping("/api/v1/purchase")
@Tag(name = "purchase")
final class PurchaseController extends SaleController {

    private final Buying buying;
    private final Credits credits;

    PurchaseController(Commands commands, Views views, BulkRecovery bulk, Buying buying, Credits credits) {
        super(SaleKind.Purchase, commands, views, bulk);
        this.buying = buying;
        this.credits = credits;
    }

    record Purchases(@JsonProperty("Purchases") List<RecordJson> purchases) {}

    @GetMapping
    @Needs(Permission.READ)
    Reply<Purchases> list(@Valid @ParameterObject SalePage page, Caller caller) {
        return Reply.of(new Purchases(page(page, caller)));
    }

    @PostMapping
    @Needs(Permission.PAY)
    Reply<RecordJson> create(@Valid @RequestBody CreatePurchaseRequest body, Caller caller) {
        caller.mustUse(body.network());
        return Reply.of(RecordJson.of(buying.begin(body, caller)));
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

    @Override
    Object recovery(String id, Retry retry, Long seenVersion, Requester requester) {
        return new RecoverFromError(new PurchaseId(id), retry, seenVersion, requester);
    }

    private PurchaseId find(IdentifierRequest body, Caller caller) {
        return new PurchaseId(find(body.identifier(), body.network(), false, caller).id());
    }

    /** For a key with limited usage the transaction's fee is taken in advance. */
    private Reply<RecordJson> pay(PurchaseCommand command, Caller caller) {
        String id = command.purchaseId().value();
        return credits.holding(id, CreditUse.Purchase, credits.rules().mostForTransactions(1), command.getClass().getSimpleName(), caller,
                () -> act(id, command, caller));
    }
}
