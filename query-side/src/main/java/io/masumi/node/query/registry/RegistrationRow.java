package io.masumi.node.query.registry;

import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.query.WireRecord;

record RegistrationRow(RegistrationView view, String json) {

    static RegistrationRow of(RegistrationView view) {
        return new RegistrationRow(view, RegistryEntryJson.render(view));
    }

    String id() {
        return view.state().requested().registrationId().value();
    }

    PaymentSourceRef source() {
        return view.state().requested().source();
    }

    String ownerKeyId() {
        return view.state().requested().requester().keyId();
    }

    String agentName() {
        return view.state().requested().details().name();
    }

    Funds price() {
        return view.state().requested().details().pricing().fixed();
    }

    WireRecord record() {
        return new WireRecord(id(), view.version(), ownerKeyId(), source().network(), json);
    }
}
