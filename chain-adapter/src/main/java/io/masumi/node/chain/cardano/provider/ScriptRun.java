package io.masumi.node.chain.cardano.provider;

import java.util.List;

/**
 * What a transaction that runs scripts gives them, read out of its bytes.
 *
 * @param redeemers the spending ones
 * @param requiredSigners key hashes, hex
 */
record ScriptRun(List<ChainTransaction.Redeemer> redeemers, List<String> requiredSigners) {

    static final ScriptRun NONE = new ScriptRun(List.of(), List.of());

    /** @throws io.masumi.node.chain.cardano.codec.MalformedCborException if these are not the bytes of a transaction */
    static ScriptRun of(byte[] transaction) {
        return new ScriptRun(ScriptRedeemers.spending(transaction), RequiredSigners.of(transaction));
    }
}
