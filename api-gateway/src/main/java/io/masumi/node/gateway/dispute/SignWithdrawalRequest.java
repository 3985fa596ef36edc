package io.masumi.node.gateway.dispute;

import io.masumi.node.Requester;
import io.masumi.node.chain.dispute.SignDisputeWithdrawal;
import io.masumi.node.dispute.DisputeWithdrawalId;
import io.masumi.node.gateway.http.Problem;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Hands in a signature of a withdrawal's transaction.
 *
 * @param id of the withdrawal
 * @param witnessSet hex CBOR that a wallet's CIP-30 signTx answered; or instead the next two
 * @param publicKey hex of an Ed25519 public key
 * @param signature hex of its signature of the transaction's hash
 */
record SignWithdrawalRequest(
        @NotNull @Size(max = 250) String id,
        @Size(max = 40_000) @Pattern(regexp = "([0-9a-fA-F]{2})+", message = "must be hex") String witnessSet,
        @Pattern(regexp = "[0-9a-fA-F]{64}", message = "must be 64 hex digits") String publicKey,
        @Pattern(regexp = "[0-9a-fA-F]{128}", message = "must be 128 hex digits") String signature) {

    DisputeWithdrawalId withdrawalId() {
        return new DisputeWithdrawalId(id);
    }

    /** @throws Problem 400 if it holds neither form, or both */
    SignDisputeWithdrawal command(Requester requester) {
        boolean pair = publicKey != null && signature != null;
        boolean half = (publicKey == null) != (signature == null);
        if (half || pair == (witnessSet != null)) {
            throw Problem.invalid("Either witnessSet or both publicKey and signature must be given");
        }
        return new SignDisputeWithdrawal(withdrawalId(), witnessSet, publicKey, signature, requester);
    }
}
