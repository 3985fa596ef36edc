package io.masumi.node.chain.wallet;

import io.masumi.node.escrow.Funds;
import io.masumi.node.cardano.OutputRef;

/** An unspent output. @param dataHash, inlineDatum and referenceScriptHash hex or null. @param block hash, hex */
public record Utxo(OutputRef ref, String address, Funds value, String dataHash, String inlineDatum, String referenceScriptHash,
        String block) {}
