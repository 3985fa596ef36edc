package io.masumi.node.chain.cardano.transaction;

import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.Funds;
import java.time.Duration;
import java.util.List;

/**
 * Ends a disputed escrow as its admins decide.
 *
 * @param escrow the contract's output as the chain shows it, datum included
 * @param forSeller paid to the seller's address in the datum
 * @param forBuyer paid to the buyer's address in the datum
 * @param admins hashes of the admins' keys, hex, that are required to sign
 * @param validity how long it can land from now on
 */
public record DisputedWithdrawal(Utxo escrow, Funds forSeller, Funds forBuyer, List<String> admins, Duration validity) {}
