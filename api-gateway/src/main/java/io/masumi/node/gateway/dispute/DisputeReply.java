package io.masumi.node.gateway.dispute;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.chain.dispute.Dispute;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import io.masumi.node.gateway.http.AmountBody;
import java.time.Instant;
import java.util.List;

/**
 * A disputed escrow with its evidence, in the manner of the wire contract.
 *
 * @param id transaction hash, {@code #} and index of the escrow's output
 * @param blockchainIdentifier null when the datum makes none
 * @param paymentId and {@code purchaseId}: this node's own records of the sale, null where it has none
 * @param inputRecordedIn and {@code resultRecordedIn}: the transactions that wrote the decision log's hashes, null when they lie
 *     further back than was looked
 * @param resolvableFrom when admins may end it
 * @param requiredWeight how many entries of the list of admins must have signed
 */
record DisputeReply(String id, String blockchainIdentifier, String paymentId, String purchaseId, Network network,
        String smartContractAddress, @JsonProperty("Escrow") Output escrow, @JsonProperty("Funds") List<AmountBody> funds,
        String collateralReturnLovelace, @JsonProperty("Seller") Wallet seller, @JsonProperty("Buyer") Wallet buyer,
        String sellerIdentifier, String identifierFromPurchaser, String inputHash, String inputRecordedIn, String resultHash,
        String resultRecordedIn, String payByTime, String submitResultTime, String unlockTime, String externalDisputeUnlockTime,
        Instant resolvableFrom, @JsonProperty("History") List<Step> history, boolean wholeHistory, int requiredWeight,
        @JsonProperty("Admins") List<Admin> admins) {

    record Output(String txHash, int outputIndex) {}

    /** @param walletVkey null for a script's */
    record Wallet(String walletAddress, String walletVkey) {

        static Wallet of(Participant party) {
            return new Wallet(party.address(), party.vkey());
        }
    }

    record Admin(String walletAddress, String walletVkey, int weight) {}

    record Step(EscrowAction action, String txHash, long blockHeight, long slot, Instant blockTime, OnChainState onChainState,
            String resultHash) {

        static Step of(Dispute.Step step) {
            return new Step(step.action(), step.transactionHash(), step.at().blockHeight(), step.at().slot(),
                    Instant.ofEpochMilli(step.at().blockTime()), step.state(), step.resultHash());
        }
    }

    static DisputeReply of(Dispute dispute, String paymentId, String purchaseId) {
        EscrowDatum datum = dispute.datum();
        EscrowTimes times = datum.times();
        return new DisputeReply(dispute.output().toString(), dispute.blockchainIdentifier(), paymentId, purchaseId,
                dispute.source().network(), dispute.source().smartContractAddress(),
                new Output(dispute.output().transactionHash(), dispute.output().index()), AmountBody.of(dispute.value().amounts()),
                datum.collateralReturnLovelace().toString(), Wallet.of(datum.seller()), Wallet.of(datum.buyer()), datum.sellerNonce(),
                datum.buyerNonce(), datum.inputHash(), inputRecordedIn(dispute), datum.resultHash(), resultRecordedIn(dispute),
                Long.toString(times.payByTime()), Long.toString(times.submitResultTime()), Long.toString(times.unlockTime()),
                Long.toString(times.externalDisputeUnlockTime()), Instant.ofEpochMilli(times.externalDisputeUnlockTime()),
                dispute.history().stream().map(Step::of).toList(), dispute.wholeHistory(), dispute.requiredWeight(),
                dispute.admins().stream().map(admin -> new Admin(admin.address(), admin.counts().vkey(), admin.counts().weight()))
                        .toList());
    }

    private static String inputRecordedIn(Dispute dispute) {
        return dispute.history().stream().filter(step -> step.action() == EscrowAction.Lock).map(Dispute.Step::transactionHash).findFirst()
                .orElse(null);
    }

    /** The newest submission is the one whose hash the datum holds. */
    private static String resultRecordedIn(Dispute dispute) {
        return dispute.history().reversed().stream().filter(step -> step.action() == EscrowAction.SubmitResult)
                .map(Dispute.Step::transactionHash).findFirst().orElse(null);
    }
}
