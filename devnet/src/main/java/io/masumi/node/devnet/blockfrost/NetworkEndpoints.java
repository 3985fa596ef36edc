package io.masumi.node.devnet.blockfrost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.devnet.chain.ChainState;
import io.masumi.node.devnet.chain.Genesis;
import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.chain.SlotClock;
import io.masumi.node.devnet.http.HttpError;
import io.masumi.node.devnet.http.HttpReply;
import io.masumi.node.devnet.http.HttpRequest;
import io.masumi.node.devnet.http.Routes;
import io.masumi.node.devnet.chain.AppliedTransaction;
import io.masumi.node.devnet.chain.Block;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;

/** {@code /health}, {@code /genesis}, {@code /network} and {@code /epochs}. */
final class NetworkEndpoints {
    private final Ledger ledger;
    private final ParametersJson parameters;

    NetworkEndpoints(Ledger ledger) {
        this.ledger = ledger;
        this.parameters = new ParametersJson(ledger.parameters());
    }

    void addTo(Routes routes, String base) {
        routes.get(base, request -> HttpReply.ok(JsonNodeFactory.instance.objectNode().put("url", "https://blockfrost.io/")
                .put("version", "0.1.0").put("development_network", true)));
        routes.get(base + "/health",
                request -> HttpReply.ok(JsonNodeFactory.instance.objectNode().put("is_healthy", true).put("development_network", true)));
        routes.get(base + "/health/clock", request -> HttpReply
                .ok(JsonNodeFactory.instance.objectNode().put("server_time", ledger.slots().clock().millis())));
        routes.get(base + "/genesis", request -> HttpReply.ok(genesis()));
        routes.get(base + "/network", request -> HttpReply.ok(ledger.read(NetworkEndpoints::supply)));
        routes.get(base + "/epochs/latest", request -> HttpReply.ok(epoch(currentEpoch())));
        routes.get(base + "/epochs/latest/parameters", request -> HttpReply.ok(parameters.of(currentEpoch())));
        routes.get(base + "/epochs/{number}", request -> HttpReply.ok(epoch(known(request))));
        routes.get(base + "/epochs/{number}/parameters", request -> HttpReply.ok(parameters.of(known(request))));
    }

    private long currentEpoch() {
        return ledger.slots().epochOf(ledger.currentSlot());
    }

    private long known(HttpRequest request) {
        String number = request.variable("number");
        if (!number.matches("\\d{1,9}")) {
            throw HttpError.badRequest("Missing, out of range or malformed epoch_number.");
        }
        if (Long.parseLong(number) > currentEpoch()) {
            throw HttpError.notFound();
        }
        return Long.parseLong(number);
    }

    private JsonNode genesis() {
        return ledger.read(state -> {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("active_slots_coefficient", new BigDecimal("0.05"));
            json.put("update_quorum", 5);
            json.put("max_lovelace_supply", Genesis.MAXIMUM_SUPPLY.toString());
            json.put("network_magic", state.genesis().networkMagic());
            json.put("epoch_length", SlotClock.EPOCH_LENGTH_SLOTS);
            json.put("system_start", state.genesis().zeroTime() / 1000);
            json.put("slots_per_kes_period", 129_600);
            json.put("slot_length", 1);
            json.put("max_kes_evolutions", 62);
            json.put("security_param", 2160);
            return json;
        });
    }

    private static JsonNode supply(ChainState state) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        BigInteger circulating = state.unspent().values().stream().map(output -> output.value().lovelace()).reduce(BigInteger.ZERO,
                BigInteger::add);
        json.putObject("supply").put("max", Genesis.MAXIMUM_SUPPLY.toString()).put("total", state.genesis().funds().toString())
                .put("circulating", circulating.toString()).put("locked", "0").put("treasury", "0").put("reserves", "0");
        json.putObject("stake").put("live", "0").put("active", "0");
        return json;
    }

    private JsonNode epoch(long epoch) {
        SlotClock slots = ledger.slots();
        return ledger.read(state -> {
            List<Block> blocks = state.blocks().stream().filter(block -> slots.epochOf(block.slot()) == epoch).toList();
            List<AppliedTransaction> transactions = blocks.stream().flatMap(block -> block.transactions().stream()).toList();
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("epoch", epoch);
            json.put("start_time", slots.startOf(epoch * SlotClock.EPOCH_LENGTH_SLOTS).getEpochSecond());
            json.put("end_time", slots.startOf((epoch + 1) * SlotClock.EPOCH_LENGTH_SLOTS).getEpochSecond());
            json.put("first_block_time", blocks.isEmpty() ? 0 : slots.startOf(blocks.getFirst().slot()).getEpochSecond());
            json.put("last_block_time", blocks.isEmpty() ? 0 : slots.startOf(blocks.getLast().slot()).getEpochSecond());
            json.put("block_count", blocks.size());
            json.put("tx_count", transactions.size());
            json.put("output", sum(transactions.stream().flatMap(each -> each.produced().values().stream())
                    .map(output -> output.value().lovelace())));
            json.put("fees", sum(transactions.stream().map(AppliedTransaction::paid)));
            json.putNull("active_stake");
            return json;
        });
    }

    private static String sum(Stream<BigInteger> amounts) {
        return amounts.reduce(BigInteger.ZERO, BigInteger::add).toString();
    }
}
