package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerRedeemer;

/**
 * A reason why a script must agree to the transaction.
 *
 * @param pointer the redeemer that belongs to it, if the script is a Plutus script
 * @param scriptHash hex
 */
public record ScriptPurpose(LedgerRedeemer.Pointer pointer, String scriptHash) {}
