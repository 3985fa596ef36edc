package io.masumi.node.devnet.blockfrost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.devnet.chain.AppliedTransaction;
import io.masumi.node.devnet.chain.Block;
import io.masumi.node.devnet.chain.ChainState;
import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.chain.SlotClock;
import io.masumi.node.devnet.http.HttpError;
import io.masumi.node.devnet.http.HttpReply;
import io.masumi.node.devnet.http.HttpRequest;
import io.masumi.node.devnet.http.Routes;
import io.masumi.node.devnet.ledger.LedgerOutput;
import java.util.function.Function;

import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** {@code /blocks}. */
final class BlockEndpoints {
    private final Ledger ledger;

    BlockEndpoints(Ledger ledger) {
        this.ledger = ledger;
    }

    void addTo(Routes routes, String base) {
        routes.get(base + "/blocks/latest", request -> reply(state -> Optional.of(state.tip()), (state, block) -> json(state, block)));
        routes.get(base + "/blocks/latest/txs",
                request -> reply(state -> Optional.of(state.tip()), (state, block) -> transactionIds(block, request)));
        routes.get(base + "/blocks/slot/{slot}", request -> reply(state -> inSlot(state, request.variable("slot")), this::json));
        routes.get(base + "/blocks/{block}", request -> reply(state -> find(state, request), this::json));
        routes.get(base + "/blocks/{block}/txs",
                request -> reply(state -> find(state, request), (state, block) -> transactionIds(block, request)));
        routes.get(base + "/blocks/{block}/addresses",
                request -> reply(state -> find(state, request), (state, block) -> touchedAddresses(block, request)));
        routes.get(base + "/blocks/{block}/next",
                request -> reply(state -> find(state, request), (state, block) -> following(state, block, request)));
        routes.get(base + "/blocks/{block}/previous",
                request -> reply(state -> find(state, request), (state, block) -> preceding(state, block, request)));
    }

    private HttpReply reply(Function<ChainState, Optional<Block>> finder, BiFunction<ChainState, Block, JsonNode> view) {
        return new Found(ledger).reply(finder, view);
    }

    static Optional<Block> find(ChainState state, HttpRequest request) {
        String name = request.variable("block");
        if (name.matches("\\d{1,18}")) {
            return state.block(Long.parseLong(name));
        }
        if (!name.matches("[0-9a-f]{64}")) {
            throw HttpError.badRequest("Missing or malformed block hash.");
        }
        return state.block(name);
    }

    private static Optional<Block> inSlot(ChainState state, String slot) {
        if (!slot.matches("\\d{1,18}")) {
            throw HttpError.badRequest("Missing, out of range or malformed slot_number.");
        }
        return state.blocks().stream().filter(block -> block.slot() == Long.parseLong(slot)).findFirst();
    }

    private static JsonNode transactionIds(Block block, HttpRequest request) {
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        Page.of(request).of(block.transactions().stream().map(AppliedTransaction::id).toList()).forEach(ids::add);
        return ids;
    }

    /** By address: the transactions of the block that spend from it or pay to it. */
    private static JsonNode touchedAddresses(Block block, HttpRequest request) {
        TreeMap<String, Set<String>> touched = new TreeMap<>();
        for (AppliedTransaction transaction : block.transactions()) {
            Stream.concat(transaction.consumed().stream().map(transaction.resolved()::get), transaction.produced().values().stream())
                    .forEach(output -> touched.computeIfAbsent(output.bech32(), unused -> new LinkedHashSet<>()).add(transaction.id()));
        }
        return Page.of(request).json(List.copyOf(touched.entrySet()), (json, entry) -> {
            ArrayNode transactions = json.put("address", entry.getKey()).putArray("transactions");
            entry.getValue().forEach(id -> transactions.addObject().put("tx_hash", id));
        });
    }

    /** The page of blocks after the given one, oldest first. */
    private JsonNode following(ChainState state, Block block, HttpRequest request) {
        Page page = Page.of(request);
        return list(state,
                new Page(page.count(), page.number(), false).of(state.blocks().subList((int) block.height() + 1, state.blocks().size())));
    }

    /** The page of blocks before the given one, ascending as Blockfrost gives them: page 1 ends right before it. */
    private JsonNode preceding(ChainState state, Block block, HttpRequest request) {
        Page page = Page.of(request);
        return list(state, new Page(page.count(), page.number(), true).of(state.blocks().subList(0, (int) block.height())).reversed());
    }

    private JsonNode list(ChainState state, List<Block> blocks) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        blocks.forEach(each -> list.add(json(state, each)));
        return list;
    }

    private ObjectNode json(ChainState state, Block block) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        SlotClock slots = ledger.slots();
        json.put("time", slots.startOf(block.slot()).getEpochSecond());
        json.put("height", block.height());
        json.put("hash", block.hash());
        json.put("slot", block.slot());
        json.put("epoch", slots.epochOf(block.slot()));
        json.put("epoch_slot", block.slot() % SlotClock.EPOCH_LENGTH_SLOTS);
        json.put("slot_leader", "Development network");
        json.put("size", block.size());
        json.put("tx_count", block.transactions().size());
        json.put("output", total(block));
        json.put("fees", block.transactions().isEmpty()
                ? null
                : block.transactions().stream().map(AppliedTransaction::paid).reduce(BigInteger.ZERO, BigInteger::add).toString());
        json.putNull("block_vrf").putNull("op_cert").putNull("op_cert_counter");
        json.put("previous_block", block.height() == 0 ? null : block.previousHash());
        json.put("next_block", state.block(block.height() + 1).map(Block::hash).orElse(null));
        json.put("confirmations", state.tip().height() - block.height());
        return json;
    }

    private static String total(Block block) {
        return block.transactions().isEmpty()
                ? null
                : LedgerOutput.sum(block.transactions().stream().flatMap(transaction -> transaction.produced().values().stream()))
                        .lovelace().toString();
    }
}
