package io.masumi.node.query.purchase;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.Party;
import io.masumi.node.query.escrow.EscrowJson;
import io.masumi.node.query.projection.WireFormat;

/** The wire's Purchase. */
final class PurchaseJson {

    private PurchaseJson() {}

    static String render(PurchaseView view, boolean includeHistory) {
        var created = view.state().created();
        var purchase = WireFormat.object();
        purchase.put("id", created.purchaseId().value());
        EscrowJson.timestamps(purchase, view.timeline());
        purchase.put("blockchainIdentifier", created.blockchainIdentifier().value());
        purchase.put("agentIdentifier", created.agentIdentifier());
        purchase.put("agentName", created.agentName());
        purchase.put("pricingType", created.pricingType().name());
        EscrowJson.times(purchase, created.times());
        purchase.put("requestedById", created.requester().keyId());
        purchase.put("inputHash", created.inputHash());
        purchase.put("buyerReturnAddress", created.buyerReturnAddress());
        purchase.put("sellerReturnAddress", created.sellerReturnAddress());
        EscrowJson.escrow(purchase, view.state().escrow(), Party.Buyer);
        purchase.set("NextAction", action(view.state().next()));
        EscrowJson.history(purchase, view.timeline(), includeHistory, entry -> action(entry.action()));
        purchase.set("PaidFunds", WireFormat.funds(created.price()));
        purchase.set("PaymentSource", EscrowJson.paymentSource(created.source()));
        purchase.set("SellerWallet", EscrowJson.otherWallet(created.seller()));
        purchase.set("SmartContractWallet", EscrowJson.ownWallet(view.state().wallet()));
        purchase.put("metadata", created.metadata());
        return purchase.toString();
    }

    private static ObjectNode action(NextAction next) {
        return WireFormat.object().put("requestedAction", next.wireName())
                .put("errorType", next.errorType() == null ? null : next.errorType().name()).put("errorNote", next.errorNote());
    }
}
