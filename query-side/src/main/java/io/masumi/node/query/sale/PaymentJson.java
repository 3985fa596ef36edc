package io.masumi.node.query.sale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.Party;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.query.projection.WireFormat;

/** The wire's Payment. */
final class PaymentJson extends SaleJson<PaymentState> {

    PaymentJson() {
        super(Party.Seller);
    }

    /** The terms that the seller signs do not say where the buyer wants the money back. */
    @Override
    String buyerReturnAddress(PaymentState state) {
        return null;
    }

    @Override
    ObjectNode action(NextAction next) {
        return action(SaleKind.Payment, next).put("resultHash", next.resultHash());
    }

    @Override
    ObjectNode formerAction(NextAction next) {
        return action(next).put("submittedTxHash", next.transactionHash());
    }

    @Override
    void funds(ObjectNode record, PaymentState state) {
        record.set("RequestedFunds", state.created().requestedFunds() == null
                ? WireFormat.funds(state.created().price())
                : WireFormat.amounts(state.created().requestedFunds()));
    }

    @Override
    void wallets(ObjectNode record, PaymentState state) {
        record.set("BuyerWallet", otherWallet(state.escrow().buyer()));
        record.set("SmartContractWallet", ownWallet(state.created().sellingWallet()));
    }
}
