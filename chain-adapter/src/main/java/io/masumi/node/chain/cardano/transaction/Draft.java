package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.metadata.Metadata;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import io.masumi.node.chain.wallet.Utxo;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What a transaction is to do, before the wallet's inputs, fee, collateral and change are settled.
 *
 * @param spends outputs at scripts that it spends
 * @param required outputs of the wallet that it must spend
 * @param spentScriptBytes size of the scripts that those outputs carry, for which the ledger asks a fee
 * @param signers hashes of the keys, hex, that scripts see as having signed; empty for the wallet's alone
 * @param merges whether it is there to make fewer outputs: then it spends exactly what it must, and divides no change
 */
record Draft(List<ScriptSpend> spends, List<Utxo> required, List<PlannedOutput> outputs, Optional<Mint> mint, Metadata metadata,
        Validity validity, int spentScriptBytes, List<String> signers, boolean merges) {

    Draft(List<ScriptSpend> spends, List<Utxo> required, List<PlannedOutput> outputs, Optional<Mint> mint, Metadata metadata,
            Validity validity, int spentScriptBytes, List<String> signers) {
        this(spends, required, outputs, mint, metadata, validity, spentScriptBytes, signers, false);
    }

    /** One that spends no output with a script in it, signed by the wallet alone. */
    Draft(List<ScriptSpend> spends, List<Utxo> required, List<PlannedOutput> outputs, Optional<Mint> mint, Metadata metadata,
            Validity validity) {
        this(spends, required, outputs, mint, metadata, validity, 0, List.of());
    }

    /** @param script whose output it is */
    record ScriptSpend(Utxo utxo, ScriptUse script, PlutusData redeemer) {}

    /** @param unit policy id and asset name, hex. @param quantity negative to burn */
    record Mint(String unit, BigInteger quantity, ScriptUse script, PlutusData redeemer) {}

    /** Slots in which it can land. @param from 0 for any. @param until the first slot in which it cannot */
    record Validity(long from, long until) {}
}
