package io.masumi.node.devnet.chain;

import com.bloxbean.cardano.client.address.Address;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerScript;
import io.masumi.node.devnet.ledger.LedgerValue;
import io.masumi.node.devnet.ledger.OutputDatum;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.UtxoView;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The blocks, the unspent outputs they leave, and the indexes that the API answers from. Not thread-safe: {@link Ledger}
 * guards it. A rollback builds a new state from the remaining blocks, so nothing here needs to be undone.
 */
public final class ChainState implements UtxoView {
    private final Genesis genesis;
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, Integer> heightByHash = new HashMap<>();
    private final Map<OutputReference, LedgerOutput> unspent = new LinkedHashMap<>();
    private final Map<OutputReference, String> spentBy = new HashMap<>();
    private final Map<String, LinkedHashMap<OutputReference, LedgerOutput>> unspentByOwner = new HashMap<>();
    private final Map<String, LinkedHashSet<String>> transactionsByOwner = new HashMap<>();
    private final Map<String, ChainTransaction> transactions = new HashMap<>();
    private final Map<String, AssetHistory> assets = new TreeMap<>();
    private final Map<String, LinkedHashSet<String>> assetsByPolicy = new HashMap<>();
    private final Map<String, LedgerScript> scripts = new HashMap<>();
    private final Map<String, byte[]> datums = new HashMap<>();

    public ChainState(Genesis genesis) {
        this.genesis = genesis;
        append(Block.genesis(genesis));
        produce(new OutputReference(genesis.hash(), 0), genesis.output());
    }

    public Genesis genesis() {
        return genesis;
    }

    public Block tip() {
        return blocks.getLast();
    }

    /** Oldest first; the genesis block is the first. */
    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    public Optional<Block> block(long height) {
        return height >= 0 && height < blocks.size() ? Optional.of(blocks.get((int) height)) : Optional.empty();
    }

    public Optional<Block> block(String hash) {
        return Optional.ofNullable(heightByHash.get(hash)).map(blocks::get);
    }

    @Override
    public Optional<LedgerOutput> find(OutputReference reference) {
        return Optional.ofNullable(unspent.get(reference));
    }

    public Optional<String> spender(OutputReference reference) {
        return Optional.ofNullable(spentBy.get(reference));
    }

    public Optional<ChainTransaction> transaction(String id) {
        return Optional.ofNullable(transactions.get(id));
    }

    /** @param owner a bech32 address, or a payment credential in hex; oldest first */
    public Map<OutputReference, LedgerOutput> unspentOf(String owner) {
        return unspentByOwner.getOrDefault(owner, new LinkedHashMap<>());
    }

    public Map<OutputReference, LedgerOutput> unspent() {
        return unspent;
    }

    /** Ids of the transactions that used the address or credential, oldest first. */
    public List<String> transactionsOf(String owner) {
        return List.copyOf(transactionsByOwner.getOrDefault(owner, new LinkedHashSet<>()));
    }

    public boolean isKnown(String owner) {
        return transactionsByOwner.containsKey(owner) || unspentByOwner.containsKey(owner);
    }

    public Optional<AssetHistory> asset(String unit) {
        return Optional.ofNullable(assets.get(unit));
    }

    public List<String> assetsOf(String policyId) {
        return List.copyOf(assetsByPolicy.getOrDefault(policyId, new LinkedHashSet<>()));
    }

    public Optional<LedgerScript> script(String hash) {
        return Optional.ofNullable(scripts.get(hash));
    }

    /** The datum's bytes as they were sent. */
    public Optional<byte[]> datum(String hash) {
        return Optional.ofNullable(datums.get(hash));
    }

    void apply(Block block) {
        if (!block.previousHash().equals(tip().hash())) {
            throw new IllegalStateException("block " + block.hash() + " does not follow " + tip().hash());
        }
        append(block);
        int index = 0;
        for (AppliedTransaction transaction : block.transactions()) {
            apply(new ChainTransaction(transaction, block, index++));
        }
    }

    private void append(Block block) {
        heightByHash.put(block.hash(), blocks.size());
        blocks.add(block);
    }

    private void apply(ChainTransaction placed) {
        AppliedTransaction applied = placed.applied();
        String id = applied.id();
        transactions.put(id, placed);
        applied.consumed().forEach(reference -> consume(reference, id));
        applied.produced().forEach(this::produce);
        touchedOutputs(applied).forEach(output -> owners(output.address())
                .forEach(owner -> transactionsByOwner.computeIfAbsent(owner, unused -> new LinkedHashSet<>()).add(id)));
        applied.transaction().witnesses().scripts().forEach(scripts::putIfAbsent);
        applied.transaction().witnesses().datums().forEach(datum -> datums.putIfAbsent(datum.hash(), datum.cbor()));
        if (applied.valid()) {
            applied.transaction().mint().assets().forEach((unit, amount) -> {
                assets.computeIfAbsent(unit, unused -> new AssetHistory()).minted(id, amount);
                assetsByPolicy.computeIfAbsent(unit.substring(0, LedgerValue.POLICY_HEX_LENGTH), unused -> new LinkedHashSet<>()).add(unit);
            });
        }
        touchedOutputs(applied).flatMap(output -> output.value().assets().keySet().stream()).distinct()
                .forEach(unit -> assets.computeIfAbsent(unit, unused -> new AssetHistory()).moved(id));
    }

    private static Stream<LedgerOutput> touchedOutputs(AppliedTransaction applied) {
        return Stream.concat(applied.consumed().stream().map(applied.resolved()::get), applied.produced().values().stream());
    }

    private void consume(OutputReference reference, String id) {
        LedgerOutput output = unspent.remove(reference);
        if (output == null) {
            throw new IllegalStateException("the output " + reference + " is not there to be spent");
        }
        spentBy.put(reference, id);
        owners(output.address()).forEach(owner -> unspentByOwner.get(owner).remove(reference));
    }

    private void produce(OutputReference reference, LedgerOutput output) {
        unspent.put(reference, output);
        owners(output.address())
                .forEach(owner -> unspentByOwner.computeIfAbsent(owner, unused -> new LinkedHashMap<>()).put(reference, output));
        output.referenceScript().ifPresent(script -> scripts.putIfAbsent(script.hash(), script));
        if (output.datum() instanceof OutputDatum.Inline(var hash, var cbor)) {
            datums.putIfAbsent(hash, cbor);
        }
    }

    private static Collection<String> owners(Address address) {
        List<String> owners = new ArrayList<>();
        owners.add(address.toBech32());
        address.getPaymentCredentialHash().map(java.util.HexFormat.of()::formatHex).ifPresent(owners::add);
        return owners;
    }
}
