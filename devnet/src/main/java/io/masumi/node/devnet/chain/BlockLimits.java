package io.masumi.node.devnet.chain;

import io.masumi.node.devnet.ledger.ProtocolParameters;
import com.bloxbean.cardano.client.plutus.spec.ExUnits;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Takes transactions, oldest first, until the next one would not fit into the block. */
final class BlockLimits {
    private final ProtocolParameters parameters;

    BlockLimits(ProtocolParameters parameters) {
        this.parameters = parameters;
    }

    List<AppliedTransaction> select(List<AppliedTransaction> waiting) {
        List<AppliedTransaction> selected = new ArrayList<>();
        int size = 0;
        int referenceScripts = 0;
        BigInteger memory = BigInteger.ZERO;
        BigInteger steps = BigInteger.ZERO;
        for (AppliedTransaction candidate : waiting) {
            ExUnits units = candidate.transaction().declaredUnits();
            size += candidate.transaction().cbor().length;
            referenceScripts += candidate.referenceScriptBytes();
            memory = memory.add(units.getMem());
            steps = steps.add(units.getSteps());
            if (size > parameters.block().size() || !parameters.block().allow(new ExUnits(memory, steps))
                    || referenceScripts > ProtocolParameters.MAX_REFERENCE_SCRIPTS_PER_BLOCK) {
                break;
            }
            selected.add(candidate);
        }
        return List.copyOf(selected);
    }
}
