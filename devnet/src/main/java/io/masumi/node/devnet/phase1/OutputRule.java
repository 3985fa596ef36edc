package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.ProtocolParameters;

import java.math.BigInteger;

/** Minimum lovelace, value size and network of every output, the collateral return among them. */
final class OutputRule implements Phase1Rule {
    /** The ledger's estimate of what an entry of the UTxO set costs beside the output itself, bytes. */
    private static final int ENTRY_OVERHEAD = 160;
    private static final int TESTNET = 0;

    @Override
    public void check(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        ProtocolParameters parameters = subject.parameters();
        transaction.allOutputs().forEach(output -> {
            BigInteger minimum = parameters.coinsPerUtxoByte().multiply(BigInteger.valueOf(ENTRY_OVERHEAD + (long) output.cbor().length));
            findings.require(output.value().lovelace().compareTo(minimum) >= 0, LedgerFailure.BabbageOutputTooSmallUTxO,
                    "minimum " + minimum + ", given " + output.value().lovelace() + " at " + output.bech32());
            findings.require(output.valueSize() <= parameters.maxValueSize(), LedgerFailure.OutputTooBigUTxO,
                    "at most " + parameters.maxValueSize() + " bytes, given " + output.valueSize() + " at " + output.bech32());
            findings.require(network(output) == TESTNET, LedgerFailure.WrongNetwork, output.bech32());
        });
        transaction.networkId()
                .ifPresent(id -> findings.require(id == TESTNET, LedgerFailure.WrongNetworkInTxBody, "expected 0, given " + id));
    }

    private static int network(LedgerOutput output) {
        return output.address().getBytes()[0] & 0x0f;
    }
}
