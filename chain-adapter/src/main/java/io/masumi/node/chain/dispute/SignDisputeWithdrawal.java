package io.masumi.node.chain.dispute;

import io.masumi.node.Requester;
import io.masumi.node.dispute.DisputeWithdrawalId;

/**
 * A command to the chain adapter: hands in signatures under a disputed withdrawal. Answers the withdrawal's version, a
 * {@code Long}. Handing in the same again changes nothing.
 *
 * @param witnessSet hex CBOR of a witness set, as a wallet's CIP-30 {@code signTx} answers, or of a whole signed transaction; null
 *     when the next two are given
 * @param publicKey a key's 32 bytes, hex
 * @param signature its Ed25519 signature of the transaction's hash, 64 bytes, hex
 */
public record SignDisputeWithdrawal(DisputeWithdrawalId withdrawalId, String witnessSet, String publicKey, String signature,
        Requester requester) {}
