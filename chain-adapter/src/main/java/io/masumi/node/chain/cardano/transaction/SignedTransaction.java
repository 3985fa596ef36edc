package io.masumi.node.chain.cardano.transaction;

import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.cardano.OutputRef;
import java.util.List;

/**
 * A signed transaction that was not submitted yet.
 *
 * @param bytes CBOR
 * @param hash hex
 * @param validUntilSlot last slot in which it can land
 * @param feeLovelace lovelace
 * @param inputs all outputs it spends, the collateral not among them
 * @param collateral the collateral inputs
 * @param change outputs that go back to the paying wallet, as unspent outputs of this transaction
 * @param agentIdentifier what it mints, policy id and asset name in hex; null unless it registers an agent
 */
public record SignedTransaction(byte[] bytes, String hash, long validUntilSlot, long feeLovelace, List<OutputRef> inputs,
        List<OutputRef> collateral, List<Utxo> change, String agentIdentifier) {}
