package io.masumi.node.query.payment;

import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.query.escrow.EscrowRow;
import io.masumi.node.query.escrow.EscrowTimeline;

record PaymentRow(PaymentView view, String json, String jsonWithHistory) implements EscrowRow {

    static PaymentRow of(PaymentView view) {
        return new PaymentRow(view, PaymentJson.render(view, false), PaymentJson.render(view, true));
    }

    @Override
    public String id() {
        return view.state().created().paymentId().value();
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
