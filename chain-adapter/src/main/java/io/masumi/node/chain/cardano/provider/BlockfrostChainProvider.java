package io.masumi.node.chain.cardano.provider;

import static io.masumi.node.chain.cardano.provider.BlockfrostJson.elements;
import static io.masumi.node.chain.cardano.provider.BlockfrostJson.flag;
import static io.masumi.node.chain.cardano.provider.BlockfrostJson.number;
import static io.masumi.node.chain.cardano.provider.BlockfrostJson.optionalText;
import static io.masumi.node.chain.cardano.provider.BlockfrostJson.stream;
import static io.masumi.node.chain.cardano.provider.BlockfrostJson.text;

import com.bloxbean.cardano.client.crypto.Bech32;
import com.fasterxml.jackson.databind.JsonNode;
import io.masumi.node.cbor.MalformedCborException;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.cardano.OutputRef;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The chain as a Blockfrost API shows it: hosted Blockfrost, a compatible indexer, or the development network. */
public final class BlockfrostChainProvider implements ChainProvider {

    private static final int PAGE = 100;

    /** Protocol parameters change with the epoch, days apart; slot times never do. */
    private static final Duration PARAMETERS_KEPT = Duration.ofMinutes(2);

    private final BlockfrostApi api;
    private final Clock clock;

    private volatile Kept kept;
    /** When the newest block was made that was heard of, null before the first. */
    private volatile Instant newestBlock;

    private record Kept(LedgerParameters parameters, Instant since) {}

    BlockfrostChainProvider(BlockfrostApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    @Override
    public ChainPoint tip() {
        ChainPoint tip = BlockfrostJson.point(there(api.get("blocks/latest"), "its newest block"));
        newestBlock = Instant.ofEpochMilli(tip.blockTime());
        return tip;
    }

    /**
     * How far this machine's clock is ahead of the provider's, negative when it is behind. The newest block says the least that the time
     * can be, and goes before a provider's clock that is slower; that it is old says nothing, for a quiet development network
     * makes no blocks. Empty when there is no telling.
     */
    public Optional<Duration> clockAhead() {
        Optional<Duration> measured = api.clockAhead();
        Optional<Duration> atMost = Optional.ofNullable(newestBlock).map(block -> Duration.between(block, clock.instant()));
        return measured.map(ahead -> atMost.filter(most -> most.compareTo(ahead) < 0).orElse(ahead))
                .or(() -> atMost.filter(Duration::isNegative));
    }

    @Override
    public Optional<ChainPoint> blockAt(long height) {
        return api.get("blocks/" + height).map(BlockfrostJson::point);
    }

    @Override
    public List<AddressTransaction> transactionsAt(String address, long fromHeight, int limit) {
        Set<AddressTransaction> found = new LinkedHashSet<>();
        for (int page = 1; found.size() < limit; page++) {
            Optional<JsonNode> rows = api.get(
                    "addresses/" + address + "/transactions?order=asc&from=" + Math.max(0, fromHeight) + "&count=" + PAGE + "&page="
                            + page);
            if (rows.isEmpty()) {
                break;
            }
            addPage(found, stream(rows.get()).map(row -> new AddressTransaction(text(row, "tx_hash"), number(row, "block_height"),
                    (int) number(row, "tx_index"))).toList());
            if (rows.get().size() < PAGE) {
                break;
            }
        }
        return found.stream().limit(limit).toList();
    }

    @Override
    public Optional<Inclusion> inclusion(String hash) {
        return api.get("txs/" + hash).map(BlockfrostJson::inclusion);
    }

    @Override
    public Optional<ChainTransaction> transaction(String hash) {
        Optional<JsonNode> summary = api.get("txs/" + hash);
        Optional<JsonNode> outputs = summary.flatMap(found -> api.get("txs/" + hash + "/utxos"));
        if (outputs.isEmpty()) {
            return Optional.empty();
        }
        JsonNode tx = summary.get();
        Inclusion inclusion = BlockfrostJson.inclusion(tx);
        boolean passed = inclusion.scriptsPassed();
        boolean redeemers = !tx.has("redeemer_count") || tx.get("redeemer_count").asInt() > 0;
        ScriptRun run = redeemers && passed ? scriptRun(hash) : ScriptRun.NONE;
        return Optional
                .of(new ChainTransaction(text(tx, "hash"), inclusion.at(), (int) number(tx, "index"), inclusion.feeLovelace(), passed,
                        BlockfrostJson.inputs(outputs.get(), passed), BlockfrostJson.outputs(outputs.get(), passed), run.redeemers(),
                        run.requiredSigners()));
    }

    private ScriptRun scriptRun(String hash) {
        try {
            return ScriptRun.of(HexFormat.of().parseHex(text(there(api.get("txs/" + hash + "/cbor"), "bytes"), "cbor")));
        } catch (MalformedCborException | IllegalArgumentException e) {
            throw BlockfrostJson.unreadable("the bytes of transaction " + hash, e);
        }
    }

    @Override
    public List<Utxo> unspent(String address) {
        Set<Utxo> found = new LinkedHashSet<>();
        unspent(address, page -> addPage(found, page));
        return List.copyOf(found);
    }

    @Override
    public void unspent(String address, Consumer<List<Utxo>> page) {
        Set<OutputRef> before = Set.of();
        for (int number = 1;; number++) {
            List<Utxo> rows = unspent(address, PAGE, number, false);
            Set<OutputRef> refs = rows.stream().map(Utxo::ref).collect(Collectors.toSet());
            if (!rows.isEmpty() && before.containsAll(refs)) {
                throw nothingNew();
            }
            page.accept(rows);
            if (rows.size() < PAGE) {
                return;
            }
            before = refs;
        }
    }

    @Override
    public Optional<String> spender(OutputRef output) {
        return api.get("txs/" + output.transactionHash() + "/utxos").map(utxos -> elements(utxos, "outputs")).orElse(List.of()).stream()
                .filter(row -> !flag(row, "collateral") && number(row, "output_index") == output.index()).findFirst()
                .flatMap(row -> Optional.ofNullable(optionalText(row, "consumed_by_tx")));
    }

    /** A page of the unspent outputs of an address. @param count 1 to 100. @param page from 1 */
    public List<Utxo> unspent(String address, int count, int page, boolean newestFirst) {
        return api.get("addresses/" + address + "/utxos?order=" + (newestFirst ? "desc" : "asc") + "&count=" + count + "&page=" + page)
                .map(rows -> stream(rows)
                        .map(row -> BlockfrostJson.utxo(new OutputRef(text(row, "tx_hash"), (int) number(row, "output_index")),
                                text(row, "address"), row,
                                optionalText(row, "block")))
                        .toList())
                .orElse(List.of());
    }

    @Override
    public Optional<Utxo> unspentOutput(OutputRef ref) {
        return unspentOutputs(ref.transactionHash(), output -> number(output, "output_index") == ref.index()).stream().findFirst();
    }

    @Override
    public List<Utxo> unspentOutputs(String transactionHash) {
        return unspentOutputs(transactionHash, _ -> true);
    }

    private List<Utxo> unspentOutputs(String transactionHash, Predicate<JsonNode> wanted) {
        List<JsonNode> rows = api.get("txs/" + transactionHash + "/utxos").map(utxos -> elements(utxos, "outputs")).orElse(List.of())
                .stream().filter(wanted).toList();
        if (!rows.stream().allMatch(row -> row.has("consumed_by_tx"))) {
            // Not every compatible API says who spent an output.
            Set<OutputRef> refs = rows.stream().map(row -> BlockfrostJson.ref(transactionHash, row)).collect(Collectors.toSet());
            return rows.stream().map(row -> text(row, "address")).distinct().flatMap(address -> unspent(address).stream())
                    .filter(utxo -> refs.contains(utxo.ref())).toList();
        }
        List<JsonNode> unspent = rows.stream().filter(row -> row.get("consumed_by_tx").isNull()).toList();
        if (unspent.isEmpty()) {
            return List.of();
        }
        String block = api.get("txs/" + transactionHash).map(tx -> text(tx, "block")).orElse(null);
        return unspent.stream().map(row -> BlockfrostJson.utxo(BlockfrostJson.ref(transactionHash, row), text(row, "address"), row, block))
                .toList();
    }

    @Override
    public SubmitOutcome submit(byte[] signedTransaction) {
        return api.submit(signedTransaction);
    }

    /** The ledger's parameters and slot times, at most two minutes old. */
    public LedgerParameters parameters() {
        Kept now = kept;
        if (now == null || now.since().plus(PARAMETERS_KEPT).isBefore(clock.instant())) {
            JsonNode protocol = there(api.get("epochs/latest/parameters"), "protocol parameters");
            ChainPoint tip = tip();
            now = new Kept(new LedgerParameters(BlockfrostJson.protocol(protocol), SlotTimes.from(tip.slot(), tip.blockTime())),
                    clock.instant());
            kept = now;
        }
        return now.parameters();
    }

    /**
     * The bytes that the API gives for a Plutus script, in however many CBOR byte strings it wraps them; empty if it knows no such
     * script. Nothing says that they are the script's: whoever asks must hash them.
     */
    public Optional<byte[]> script(String hash) {
        return api.get("scripts/" + hash + "/cbor").flatMap(answer -> Optional.ofNullable(optionalText(answer, "cbor"))).map(hex -> {
            try {
                return HexFormat.of().parseHex(hex);
            } catch (IllegalArgumentException e) {
                throw BlockfrostJson.unreadable("the bytes of script " + hash, e);
            }
        });
    }

    /** The number that tells networks apart, empty if the API does not say. */
    public Optional<Long> networkMagic() {
        return api.get("genesis").map(genesis -> number(genesis, "network_magic"));
    }

    /** Who holds an asset now. @param unit policy id and asset name, hex. @return at most two holders with their quantities */
    public Map<String, BigInteger> holders(String unit) {
        return api.get("assets/" + unit + "/addresses?count=2").map(rows -> {
            Map<String, BigInteger> holders = new LinkedHashMap<>();
            rows.forEach(row -> holders.put(text(row, "address"), new BigInteger(text(row, "quantity"))));
            return holders;
        }).orElse(Map.of());
    }

    /**
     * The assets of a policy that a payment key holds at any of its addresses, those of the oldest outputs first.
     *
     * @param keyHash hex
     * @param most how many to find before looking no further: anybody can send a key as many as they like
     * @return their units, hex
     */
    public List<String> assetsOf(String keyHash, String policyId, int most) {
        String credential = Bech32.encode(HexFormat.of().parseHex(keyHash), "addr_vkh");
        Set<String> units = new LinkedHashSet<>();
        Set<Utxo> found = new HashSet<>();
        for (int page = 1; units.size() < most; page++) {
            List<Utxo> rows = unspent(credential, PAGE, page, false);
            addPage(found, rows);
            rows.stream().flatMap(row -> row.value().amounts().stream()).map(Amount::unit).filter(unit -> unit.startsWith(policyId))
                    .forEach(units::add);
            if (rows.size() < PAGE) {
                break;
            }
        }
        return units.stream().limit(most).toList();
    }

    /** The transaction that first minted an asset. @param unit policy id and asset name, hex */
    public Optional<String> mintTransaction(String unit) {
        return api.get("assets/" + unit).map(asset -> text(asset, "initial_mint_tx_hash"));
    }

    /** What a transaction says under a metadata label, as plain JSON. */
    public Optional<JsonNode> metadata(String hash, String label) {
        return api.get("txs/" + hash + "/metadata")
                .flatMap(rows -> stream(rows).filter(row -> label.equals(row.path("label").asText())).findFirst())
                .map(row -> row.path("json_metadata"));
    }

    /** An API that shows the same page again and again would be asked for ever. */
    private static <T> void addPage(Set<T> found, List<T> page) {
        if (!found.addAll(page) && !page.isEmpty()) {
            throw nothingNew();
        }
    }

    private static ProviderUnavailableException nothingNew() {
        return new ProviderUnavailableException("the chain provider shows nothing new from page to page", null);
    }

    private static JsonNode there(Optional<JsonNode> answer, String what) {
        return answer.orElseThrow(() -> new ProviderUnavailableException("the chain provider does not know " + what, null));
    }
}
