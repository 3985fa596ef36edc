package io.masumi.node.devnet.blockfrost;

import com.bloxbean.cardano.client.address.Address;
import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.crypto.Bech32;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.masumi.node.devnet.chain.AppliedTransaction;
import io.masumi.node.devnet.chain.ChainState;
import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.http.HttpError;
import io.masumi.node.devnet.http.HttpReply;
import io.masumi.node.devnet.http.HttpRequest;
import io.masumi.node.devnet.http.Routes;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerValue;
import io.masumi.node.devnet.ledger.OutputReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Collection;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** {@code /addresses}: by address, or by payment credential ({@code addr_vkh…}, {@code script…}). */
final class AddressEndpoints {
    private final Ledger ledger;

    AddressEndpoints(Ledger ledger) {
        this.ledger = ledger;
    }

    void addTo(Routes routes, String base) {
        routes.get(base + "/addresses/{address}", request -> reply(request, (state, owner) -> summary(state, request, owner)));
        routes.get(base + "/addresses/{address}/total", request -> reply(request, (state, owner) -> total(state, request, owner)));
        routes.get(base + "/addresses/{address}/utxos", request -> reply(request, (state, owner) -> unspent(state, request, owner, "")));
        routes.get(base + "/addresses/{address}/utxos/{asset}",
                request -> reply(request, (state, owner) -> unspent(state, request, owner, request.variable("asset"))));
        routes.get(base + "/addresses/{address}/transactions",
                request -> reply(request, (state, owner) -> new Found(ledger).places(state, request, state.transactionsOf(owner))));
    }

    private HttpReply reply(HttpRequest request, BiFunction<ChainState, String, JsonNode> view) {
        String owner = owner(request.variable("address"));
        return new Found(ledger).reply(state -> Optional.of(owner).filter(state::isKnown), view);
    }

    /** The key under which the chain state knows the address or credential. */
    private static String owner(String name) {
        try {
            if (name.startsWith("addr_vkh1") || name.startsWith("script1")) {
                return HexFormat.of().formatHex(Bech32.decode(name).data);
            }
            Address address = new Address(name);
            if (name.startsWith("addr_test1") && (address.getBytes()[0] & 0x0f) == 0) {
                return address.toBech32();
            }
        } catch (RuntimeException malformed) {
            // The same as below.
        }
        throw HttpError.badRequest("Invalid address for this network or malformed address format.");
    }

    private static JsonNode summary(ChainState state, HttpRequest request, String owner) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        LedgerValue value = LedgerOutput.sum(state.unspentOf(owner).values().stream());
        String name = request.variable("address");
        json.put("address", name);
        json.set("amount", Amounts.of(value));
        boolean isAddress = name.startsWith("addr_test1");
        Address address = isAddress ? new Address(name) : null;
        json.put("stake_address", address != null && address.getDelegationCredential().isPresent()
                ? AddressProvider.getStakeAddress(address).toBech32()
                : null);
        json.put("type", "shelley");
        json.put("script", address == null ? name.startsWith("script1") : address.isScriptHashInPaymentPart());
        return json;
    }

    private static JsonNode total(ChainState state, HttpRequest request, String owner) {
        LedgerValue received = LedgerValue.ZERO;
        LedgerValue sent = LedgerValue.ZERO;
        List<String> ids = state.transactionsOf(owner);
        for (String id : ids) {
            AppliedTransaction applied = state.transaction(id).orElseThrow().applied();
            received = received.plus(valueAt(owner, applied.produced().values()));
            sent = sent.plus(valueAt(owner, applied.consumed().stream().map(applied.resolved()::get).toList()));
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("address", request.variable("address"));
        json.set("received_sum", Amounts.of(received));
        json.set("sent_sum", Amounts.of(sent));
        json.put("tx_count", ids.size());
        return json;
    }

    private static LedgerValue valueAt(String owner, Collection<LedgerOutput> outputs) {
        return LedgerOutput.sum(
                outputs.stream()
                        .filter(output -> output.bech32().equals(owner) || output.paymentCredential().filter(owner::equals).isPresent()));
    }

    /** @param asset a unit, {@code lovelace} for outputs without assets, or empty for all */
    private static JsonNode unspent(ChainState state, HttpRequest request, String owner, String asset) {
        if (!asset.isEmpty() && !asset.equals("lovelace")) {
            AssetEndpoints.requireUnit(asset);
            if (state.asset(asset).isEmpty()) {
                throw HttpError.notFound();
            }
        }
        List<Map.Entry<OutputReference, LedgerOutput>> outputs = state.unspentOf(owner).entrySet().stream()
                .filter(entry -> holds(entry.getValue(), asset)).toList();
        return Page.of(request).json(outputs, (json, entry) -> putUnspent(json, state, entry.getKey(), entry.getValue()));
    }

    private static boolean holds(LedgerOutput output, String asset) {
        return switch (asset) {
            case "" -> true;
            case "lovelace" -> output.value().isOnlyLovelace();
            default -> output.value().quantityOf(asset).signum() > 0;
        };
    }

    private static void putUnspent(ObjectNode json, ChainState state, OutputReference reference, LedgerOutput output) {
        OutputJson.put(json, output);
        json.put("tx_hash", reference.transactionId()).put("tx_index", reference.index()).put("output_index", reference.index());
        json.put("block", state.transaction(reference.transactionId()).map(placed -> placed.block().hash()).orElse(state.genesis().hash()));
    }
}
