package io.masumi.node.query.dispute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.dispute.DisputeEvent.WithdrawalSigned;
import io.masumi.node.dispute.DisputeWithdrawalState;
import io.masumi.node.dispute.Proposal;
import io.masumi.node.escrow.AdminWeight;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.query.projection.WireFormat;
import java.time.Instant;
import java.util.List;

/** A disputed withdrawal in the manner of the wire contract, which has none: what is to be signed, by whom, and who has. */
final class DisputeWithdrawalJson {

    private DisputeWithdrawalJson() {}

    static String render(DisputeWithdrawalView view) {
        DisputeWithdrawalState state = view.state();
        Proposal proposal = state.proposed().proposal();
        ObjectNode record = WireFormat.object();
        record.put("id", state.proposed().withdrawalId().value());
        record.put("createdAt", WireFormat.iso(view.createdAt()));
        record.put("updatedAt", WireFormat.iso(view.updatedAt()));
        record.put("status", state.status().name());
        record.put("note", state.note());
        record.put("blockchainIdentifier", proposal.blockchainIdentifier() == null ? null : proposal.blockchainIdentifier().value());
        record.set("Escrow", WireFormat.object().put("txHash", proposal.escrow().transactionHash())
                .put("outputIndex", proposal.escrow().index()));
        record.set("Funds", WireFormat.funds(proposal.value()));
        record.put("outcome", proposal.outcome().name());
        record.set("ForSeller", WireFormat.funds(proposal.division().seller()));
        record.set("ForBuyer", WireFormat.funds(proposal.division().buyer()));
        record.put("txHash", proposal.transactionHash());
        record.put("unsignedTx", proposal.unsignedTransaction());
        record.put("feeLovelace", Long.toString(proposal.feeLovelace()));
        record.put("validUntil", WireFormat.iso(Instant.ofEpochMilli(proposal.validUntil())));
        record.set("FeePayer", WireFormat.object().put("walletAddress", proposal.payer().address())
                .put("walletVkey", proposal.payer().vkey()));
        record.put("requiredWeight", proposal.requiredWeight());
        record.put("signedWeight", proposal.admins().stream().filter(admin -> state.hasSigned(admin.vkey())).mapToInt(AdminWeight::weight)
                .sum());
        record.set("RequiredSignatures", signatures(view, proposal));
        record.put("requestedBy", state.proposed().requester().keyId());
        record.set("Transaction", state.transaction() == null ? null : transaction(state.transaction()));
        record.set("PaymentSource", WireFormat.paymentSource(proposal.source()));
        return record.toString();
    }

    /** Every key that must sign, the payer's with no weight when it is no admin's. */
    private static ArrayNode signatures(DisputeWithdrawalView view, Proposal proposal) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (String vkey : proposal.signers()) {
            array.add(signature(view, vkey, proposal.admins().stream().filter(admin -> admin.vkey().equals(vkey))
                    .mapToInt(AdminWeight::weight).sum()));
        }
        return array;
    }

    private static ObjectNode signature(DisputeWithdrawalView view, String vkey, int weight) {
        ObjectNode shown = WireFormat.object().put("walletVkey", vkey).put("weight", weight);
        List<WithdrawalSigned> signed = view.state().signed();
        for (int i = 0; i < signed.size(); i++) {
            if (signed.get(i).signature().vkey().equals(vkey)) {
                return shown.put("signedAt", WireFormat.iso(view.signedAt().get(i)))
                        .put("handedInBy", signed.get(i).requester().keyId())
                        .put("publicKey", signed.get(i).signature().publicKey())
                        .put("signature", signed.get(i).signature().signature());
            }
        }
        return shown.putNull("signedAt").putNull("handedInBy").putNull("publicKey").putNull("signature");
    }

    private static ObjectNode transaction(EscrowTransaction seen) {
        return WireFormat.object().put("txHash", seen.hash()).put("blockHash", seen.at().blockHash())
                .put("blockHeight", seen.at().blockHeight()).put("slot", seen.at().slot())
                .put("blockTime", WireFormat.iso(Instant.ofEpochMilli(seen.at().blockTime())));
    }
}
