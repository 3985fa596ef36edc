package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import com.bloxbean.cardano.client.metadata.cbor.CBORMetadata;
import com.bloxbean.cardano.client.plutus.spec.ConstrPlutusData;
import io.masumi.node.chain.agent.AgentMetadata;
import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.cardano.OutputRef;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Mints and burns agents' NFTs (docs/contracts.md, "Registry"). */
final class RegistryDrafts {

    private static final int HASH_BYTES = 32;
    private static final ConstrPlutusData MINT = ConstrPlutusData.of(0);
    private static final ConstrPlutusData BURN = ConstrPlutusData.of(1);

    private final DraftContext context;
    private final ScriptUse policy;

    RegistryDrafts(DraftContext context, ScriptUse policy) {
        this.context = context;
        this.policy = policy;
    }

    /** The asset name that spending an output makes unique: blake2b-256 of its transaction's id and its index, hex. */
    static String assetName(OutputRef ref) {
        byte[] reference = ByteBuffer.allocate(HASH_BYTES + Integer.BYTES).put(HexFormat.of().parseHex(ref.transactionHash()))
                .putInt(ref.index()).array();
        return HexFormat.of().formatHex(Blake2bUtil.blake2bHash256(reference));
    }

    Draft register(ChainAction.RegisterAgent action, WalletFunds funds) {
        Utxo seed = funds.seed().orElseThrow(() -> new InsufficientFundsException("the wallet has no spendable output"));
        String agentIdentifier = policy.hash() + assetName(seed.ref());
        String holder = action.recipient() == null
                ? context.wallet().address()
                : ShelleyAddress.parse(context.source().network(), action.recipient()).bech32();
        BigInteger funding = action.fundingLovelace() == null ? BigInteger.ZERO : BigInteger.valueOf(action.fundingLovelace());
        PlannedOutput output = PlannedOutput.of(holder, Assets.of(agentIdentifier, BigInteger.ONE).plus(Assets.lovelace(funding)))
                .atLeastMinimum(context.minimum());
        CBORMetadata metadata = DraftContext.message("RegisterAgent");
        metadata.put(BigInteger.valueOf(AgentMetadata.LABEL), AgentMetadata.write(agentIdentifier, action.details()));
        return new Draft(List.of(), List.of(seed), List.of(output),
                Optional.of(new Draft.Mint(agentIdentifier, BigInteger.ONE, policy, MINT)), metadata,
                context.until(DraftContext.NO_DEADLINE, "registering"));
    }

    Draft deregister(ChainAction.DeregisterAgent action, WalletFunds funds) {
        if (!action.agentIdentifier().startsWith(policy.hash())) {
            throw new TransactionImpossibleException("agent " + action.agentIdentifier() + " is not of this payment source's registry");
        }
        Utxo holder = funds.all().stream().filter(utxo -> utxo.value().of(action.agentIdentifier()).signum() > 0).findFirst().orElseThrow(
                () -> new InsufficientFundsException(
                        "the wallet holds the NFT of agent " + action.agentIdentifier() + " in no spendable output"));
        return new Draft(List.of(), List.of(holder), List.of(),
                Optional.of(new Draft.Mint(action.agentIdentifier(), BigInteger.ONE.negate(), policy, BURN)),
                DraftContext.message("DeregisterAgent"), context.until(DraftContext.NO_DEADLINE, "deregistering"));
    }
}
