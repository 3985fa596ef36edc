package io.masumi.node.query.dispute;

import io.masumi.node.dispute.Proposal;
import io.masumi.node.query.WireRecord;

record DisputeWithdrawalRow(DisputeWithdrawalView view, String json) {

    static DisputeWithdrawalRow of(DisputeWithdrawalView view) {
        return new DisputeWithdrawalRow(view, DisputeWithdrawalJson.render(view));
    }

    String id() {
        return view.state().proposed().withdrawalId().value();
    }

    Proposal proposal() {
        return view.state().proposed().proposal();
    }

    String ownerKeyId() {
        return view.state().proposed().requester().keyId();
    }

    WireRecord record() {
        return new WireRecord(id(), view.version(), ownerKeyId(), proposal().source().network(), json);
    }
}
