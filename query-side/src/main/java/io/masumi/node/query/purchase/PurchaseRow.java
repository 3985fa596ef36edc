package io.masumi.node.query.purchase;

import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.purchase.OfferId;
import io.masumi.node.query.escrow.EscrowRow;
import io.masumi.node.query.escrow.EscrowTimeline;

record PurchaseRow(PurchaseView view, String json, String jsonWithHistory) implements EscrowRow {

    static PurchaseRow of(PurchaseView view) {
        return new PurchaseRow(view, PurchaseJson.render(view, false), PurchaseJson.render(view, true));
    }

    @Override
    public String id() {
        return view.state().created().purchaseId().value();
    }

    @Override
    public EscrowTimeline timeline() {
        return view.timeline();
    }

    @Override
    public PaymentSourceRef source() {
        return view.state().created().source();
    }

    @Override
    public String ownerKeyId() {
        return view.state().created().requester().keyId();
    }

    @Override
    public String blockchainIdentifier() {
        return view.state().created().blockchainIdentifier().value();
    }

    /** Null when the identifier cannot be taken apart, as no purchase's can today. */
    String offerId() {
        try {
            return OfferId.of(view.state().created().blockchainIdentifier(), view.state().created().seller().vkey()).value();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public String agentIdentifier() {
        return view.state().created().agentIdentifier();
    }

    @Override
    public String agentName() {
        return view.state().created().agentName();
    }

    @Override
    public Funds price() {
        return view.state().created().price();
    }

    @Override
    public EscrowStatus escrow() {
        return view.state().escrow();
    }

    @Override
    public NextAction next() {
        return view.state().next();
    }
}
