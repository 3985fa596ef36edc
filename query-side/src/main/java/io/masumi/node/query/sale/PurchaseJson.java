package io.masumi.node.query.sale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.Party;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.query.projection.WireFormat;

/** The wire's Purchase. */
final class PurchaseJson extends SaleJson<PurchaseState> {

    PurchaseJson() {
        super(Party.Buyer);
    }

    @Override
    String buyerReturnAddress(PurchaseState state) {
        return state.created().buyerReturnAddress();
    }

    @Override
    ObjectNode action(NextAction next) {
        return action(SaleKind.Purchase, next);
    }

    @Override
    ObjectNode formerAction(NextAction next) {
        return action(next);
    }

    @Override
    void funds(ObjectNode record, PurchaseState state) {
        record.set("PaidFunds", WireFormat.funds(state.created().price()));
    }

    @Override
    void wallets(ObjectNode record, PurchaseState state) {
        record.set("SellerWallet", otherWallet(state.created().seller()));
        record.set("SmartContractWallet", ownWallet(state.wallet()));
    }
}
