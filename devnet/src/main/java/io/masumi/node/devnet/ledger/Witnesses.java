package io.masumi.node.devnet.ledger;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A witness set.
 *
 * @param scripts by hash
 * @param datumsCbor the whole datum field as sent; the script data hash covers it
 * @param redeemersCbor the whole redeemer field as sent; the script data hash covers it
 */
public record Witnesses(List<KeyWitness> keys, SortedMap<String, LedgerScript> scripts, List<WitnessDatum> datums,
        Optional<byte[]> datumsCbor, List<LedgerRedeemer> redeemers, Optional<byte[]> redeemersCbor) {}
