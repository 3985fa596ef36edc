package io.masumi.node.chain.cardano.provider;

import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.Funds;
import io.masumi.node.cardano.OutputRef;
import java.util.List;

/**
 * A transaction on chain, in full.
 *
 * @param index its place in its block
 * @param feeLovelace lovelace
 * @param scriptsPassed false when a script failed and the collateral was taken: then it did none of what it says
 * @param inputs spent inputs in ledger order (sorted by hash and index), so that a redeemer's index means one of them
 * @param redeemers hex CBOR of each spending redeemer's data, beside the index of its input
 * @param requiredSigners key hashes, hex, that must have signed, and all that scripts see of who did; not read where no script ran
 */
public record ChainTransaction(String hash, ChainPoint at, int index, long feeLovelace, boolean scriptsPassed, List<Input> inputs,
        List<Output> outputs, List<Redeemer> redeemers, List<String> requiredSigners) {

    /** A transaction that requires no signer besides those of its inputs. */
    public ChainTransaction(String hash, ChainPoint at, int index, long feeLovelace, boolean scriptsPassed, List<Input> inputs,
            List<Output> outputs, List<Redeemer> redeemers) {
        this(hash, at, index, feeLovelace, scriptsPassed, inputs, outputs, redeemers, List.of());
    }

    /** @param inlineDatum hex CBOR or null */
    public record Input(OutputRef ref, String address, Funds value, String inlineDatum) {}

    /** @param inlineDatum hex CBOR or null. @param referenceScriptHash hex or null */
    public record Output(int index, String address, Funds value, String inlineDatum, String referenceScriptHash) {}

    public record Redeemer(int inputIndex, String data) {}
}
