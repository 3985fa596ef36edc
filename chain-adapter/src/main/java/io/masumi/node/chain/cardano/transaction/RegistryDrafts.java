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

    Draft register(TransactionIntent.RegisterAgent intent, WalletFunds funds) {
        Utxo seed = funds.seed().orElseThrow(() -> new InsufficientFundsException("the wallet has no spendable output"));
        String agentIdentifier = policy.hash() + assetName(seed.ref());
        String holder = intent.recipient() == null
                ? context.wallet().address()
                : ShelleyAddress.parse(context.source().network(), intent.recipient()).bech32();
        BigInteger funding = intent.fundingLovelace() == null ? BigInteger.ZERO : BigInteger.valueOf(intent.fundingLovelace());
        PlannedOutput output = PlannedOutput.of(holder, Assets.of(agentIdentifier, BigInteger.ONE).plus(Assets.lovelace(funding)))
                .atLeastMinimum(context.minimum());
        CBORMetadata metadata = DraftContext.message("RegisterAgent");
        metadata.put(BigInteger.valueOf(AgentMetadata.LABEL), AgentMetadata.write(agentIdentifier, intent.details()));
        return new Draft(List.of(), List.of(seed), List.of(output),
                Optional.of(new Draft.Mint(agentIdentifier, BigInteger.ONE, policy, MINT)), metadata,
                context.until(DraftContext.NO_DEADLINE, "registering"));
    }

    Draft deregister(TransactionIntent.DeregisterAgent intent, WalletFunds funds) {
        if (!intent.agentIdentifier().startsWith(policy.hash())) {
            throw new TransactionImpossibleException("agent " + intent.agentIdentifier() + " is not of this payment source's registry");
        }
        Utxo holder = funds.all().stream().filter(utxo -> utxo.value().of(intent.agentIdentifier()).signum() > 0).findFirst().orElseThrow(
                () -> new InsufficientFundsException(
                        "the wallet holds the NFT of agent " + intent.agentIdentifier() + " in no spendable output"));
        return new Draft(List.of(), List.of(holder), List.of(),
                Optional.of(new Draft.Mint(intent.agentIdentifier(), BigInteger.ONE.negate(), policy, BURN)),
                DraftContext.message("DeregisterAgent"), context.until(DraftContext.NO_DEADLINE, "deregistering"));
    }
}
