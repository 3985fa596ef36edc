package io.masumi.node.query.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.Party;
import io.masumi.node.query.escrow.EscrowJson;
import io.masumi.node.query.projection.WireFormat;

/** The wire's Payment. */
final class PaymentJson {

    private PaymentJson() {}

    static String render(PaymentView view, boolean includeHistory) {
        var created = view.state().created();
        var escrow = view.state().escrow();
        var payment = WireFormat.object();
        payment.put("id", created.paymentId().value());
        EscrowJson.timestamps(payment, view.timeline());
        payment.put("blockchainIdentifier", created.blockchainIdentifier().value());
        payment.put("agentIdentifier", created.agentIdentifier());
        payment.put("agentName", created.agentName());
        payment.put("pricingType", created.pricingType().name());
        EscrowJson.times(payment, created.times());
        payment.put("requestedById", created.requester().keyId());
        payment.put("inputHash", created.inputHash());
        // The terms that the seller signs do not say where the buyer wants the money back.
        payment.putNull("buyerReturnAddress");
        payment.put("sellerReturnAddress", created.sellerReturnAddress());
        EscrowJson.escrow(payment, escrow, Party.Seller);
        payment.set("NextAction", action(view.state().next()));
        EscrowJson.history(payment, view.timeline(), includeHistory,
                entry -> action(entry.action()).put("submittedTxHash", entry.action().transactionHash()));
        payment.set("RequestedFunds", created.requestedFunds() == null
                ? WireFormat.funds(created.price())
                : WireFormat.amounts(created.requestedFunds()));
        payment.set("PaymentSource", EscrowJson.paymentSource(created.source()));
        payment.set("BuyerWallet", EscrowJson.otherWallet(escrow.buyer()));
        payment.set("SmartContractWallet", EscrowJson.ownWallet(created.sellingWallet()));
        payment.put("metadata", created.metadata());
        return payment.toString();
    }

    private static ObjectNode action(NextAction next) {
        return WireFormat.object().put("requestedAction", next.wireName()).put("errorType", errorType(next.errorType()))
                .put("errorNote", next.errorNote()).put("resultHash", next.resultHash());
    }

    /** The wire's payments know no InsufficientFunds. */
    private static String errorType(ErrorType type) {
        return switch (type) {
            case null -> null;
            case NetworkError -> "NetworkError";
            case InsufficientFunds, Unknown -> "Unknown";
        };
    }
}
