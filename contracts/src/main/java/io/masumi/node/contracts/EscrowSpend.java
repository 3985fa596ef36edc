package io.masumi.node.contracts;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A transaction that spends an escrow, as far as the contract looks at it.
 *
 * @param spent which of the inputs this spend is about
 * @param from lower bound of the validity range, inclusive, Unix ms; empty if there is none
 * @param until upper bound of the validity range, exclusive, Unix ms; empty if there is none
 * @param signatories key hashes among the transaction's required signers, in hex
 */
public record EscrowSpend(EscrowRedeemer redeemer, OutputReference spent, List<Input> inputs, List<Output> outputs,
        Optional<BigInteger> from, Optional<BigInteger> until, List<String> signatories) {

    public EscrowSpend {
        Objects.requireNonNull(redeemer, "redeemer");
        Objects.requireNonNull(spent, "spent output");
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        Objects.requireNonNull(from, "lower bound");
        Objects.requireNonNull(until, "upper bound");
        signatories = List.copyOf(signatories);
        if (inputs.stream().noneMatch(input -> input.reference().equals(spent))) {
            throw new IllegalArgumentException("the spent output is not among the inputs: " + spent);
        }
    }

    public record Input(OutputReference reference, Output output) {}

    public record Output(PlutusAddress address, AssetValue value, OutputDatum datum, boolean carriesReferenceScript) {}

    /** What stands in an output's datum, sorted by what it means to the contract. */
    public sealed interface OutputDatum {

        /** A well-formed escrow datum, inline. */
        record Escrow(EscrowDatum datum) implements OutputDatum {}

        /** An output reference, inline: the output pays for the escrow that was at this reference. */
        record Tag(OutputReference paidFor) implements OutputDatum {}

        /** Anything else: none, only a hash, or inline data of another shape. */
        record Other() implements OutputDatum {}
    }

    /** The output that is spent. */
    public Output own() {
        return inputs.stream().filter(input -> input.reference().equals(spent)).findFirst().orElseThrow().output();
    }
}
