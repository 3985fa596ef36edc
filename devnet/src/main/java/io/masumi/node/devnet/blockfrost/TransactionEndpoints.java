package io.masumi.node.devnet.blockfrost;

import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import com.bloxbean.cardano.client.plutus.spec.RedeemerTag;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.devnet.chain.AppliedTransaction;
import io.masumi.node.devnet.chain.Block;
import io.masumi.node.devnet.chain.ChainState;
import io.masumi.node.devnet.chain.ChainTransaction;
import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.http.HttpReply;
import io.masumi.node.devnet.http.HttpRequest;
import io.masumi.node.devnet.http.Routes;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerRedeemer;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.OutputReference;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/** {@code /txs}. */
final class TransactionEndpoints {
    private final Ledger ledger;

    TransactionEndpoints(Ledger ledger) {
        this.ledger = ledger;
    }

    void addTo(Routes routes, String base) {
        routes.get(base + "/txs/{hash}", request -> reply(request, (state, placed) -> summary(placed)));
        routes.get(base + "/txs/{hash}/utxos", request -> reply(request, TransactionEndpoints::inputsAndOutputs));
        routes.get(base + "/txs/{hash}/redeemers", request -> reply(request, (state, placed) -> redeemers(placed.applied())));
        routes.get(base + "/txs/{hash}/cbor", request -> reply(request, (state, placed) -> JsonNodeFactory.instance.objectNode().put("cbor",
                HexFormat.of().formatHex(placed.applied().transaction().cbor()))));
        routes.get(base + "/txs/{hash}/metadata",
                request -> reply(request, (state, placed) -> Metadata.json(placed.applied().transaction())));
        routes.get(base + "/txs/{hash}/metadata/cbor",
                request -> reply(request, (state, placed) -> Metadata.cbor(placed.applied().transaction())));
    }

    private HttpReply reply(HttpRequest request, BiFunction<ChainState, ChainTransaction, JsonNode> view) {
        return new Found(ledger).reply(state -> state.transaction(request.variable("hash")), view);
    }

    private JsonNode summary(ChainTransaction placed) {
        AppliedTransaction applied = placed.applied();
        LedgerTransaction transaction = applied.transaction();
        Block block = placed.block();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("hash", applied.id());
        json.put("block", block.hash());
        json.put("block_height", block.height());
        json.put("block_time", ledger.slots().startOf(block.slot()).getEpochSecond());
        json.put("slot", block.slot());
        json.put("index", placed.index());
        json.set("output_amount",
                Amounts.of(LedgerOutput.sum(applied.produced().values().stream())));
        json.put("fees", applied.paid().toString());
        json.put("deposit", "0");
        json.put("size", transaction.cbor().length);
        json.put("invalid_before", text(transaction.validity().from()));
        json.put("invalid_hereafter", text(transaction.validity().until()));
        json.put("utxo_count", transaction.inputs().size() + transaction.outputs().size());
        for (String nothing : List.of("withdrawal_count", "mir_cert_count", "delegation_count", "stake_cert_count", "pool_update_count",
                "pool_retire_count")) {
            json.put(nothing, 0);
        }
        json.put("asset_mint_or_burn_count", transaction.mint().assets().size());
        json.put("redeemer_count", transaction.witnesses().redeemers().size());
        json.put("valid_contract", applied.valid());
        json.put("treasury_donation", "0");
        return json;
    }

    private static String text(OptionalLong slot) {
        return slot.isPresent() ? String.valueOf(slot.getAsLong()) : null;
    }

    private static JsonNode inputsAndOutputs(ChainState state, ChainTransaction placed) {
        AppliedTransaction applied = placed.applied();
        LedgerTransaction transaction = applied.transaction();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("hash", applied.id());
        ArrayNode inputs = json.putArray("inputs");
        ArrayNode outputs = json.putArray("outputs");
        if (applied.valid()) {
            addInputs(inputs, applied, transaction.inputs(), false, false);
            addInputs(inputs, applied, transaction.collateral().inputs(), true, false);
            addInputs(inputs, applied, transaction.referenceInputs(), false, true);
            int index = 0;
            for (LedgerOutput output : transaction.outputs()) {
                addOutput(outputs, state, new OutputReference(applied.id(), index++), output, false);
            }
        } else {
            // Nothing but the collateral moved: what the transaction would have spent and made is not on the chain.
            addInputs(inputs, applied, transaction.collateral().inputs(), true, false);
        }
        transaction.collateral().back()
                .ifPresent(output -> addOutput(outputs, state, transaction.collateralReturnReference(), output, true));
        return json;
    }

    private static void addInputs(ArrayNode inputs, AppliedTransaction applied, List<OutputReference> references, boolean collateral,
            boolean reference) {
        for (OutputReference input : references) {
            ObjectNode json = OutputJson.put(inputs.addObject(), applied.resolved().get(input));
            json.put("tx_hash", input.transactionId()).put("output_index", input.index());
            json.put("collateral", collateral).put("reference", reference);
        }
    }

    private static void addOutput(ArrayNode outputs, ChainState state, OutputReference reference, LedgerOutput output, boolean collateral) {
        ObjectNode json = OutputJson.put(outputs.addObject(), output);
        json.put("output_index", reference.index()).put("collateral", collateral);
        json.put("consumed_by_tx", state.spender(reference).orElse(null));
    }

    private JsonNode redeemers(AppliedTransaction applied) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (LedgerRedeemer redeemer : applied.transaction().witnesses().redeemers()) {
            ObjectNode json = list.addObject();
            String dataHash = HexFormat.of().formatHex(Blake2bUtil.blake2bHash256(redeemer.cbor()));
            json.put("tx_index", redeemer.pointer().index());
            json.put("purpose", redeemer.pointer().tag().name().toLowerCase(java.util.Locale.ROOT));
            json.put("script_hash", scriptHash(applied, redeemer));
            json.put("redeemer_data_hash", dataHash);
            json.put("datum_hash", dataHash);
            json.put("unit_mem", redeemer.memory().toString());
            json.put("unit_steps", redeemer.steps().toString());
            json.put("fee", ledger.parameters().prices().of(redeemer.memory(), redeemer.steps()).toString());
        }
        return list;
    }

    private static String scriptHash(AppliedTransaction applied, LedgerRedeemer redeemer) {
        int index = redeemer.pointer().index();
        if (redeemer.pointer().tag() == RedeemerTag.Mint) {
            return List.copyOf(applied.transaction().mintingPolicies()).get(index);
        }
        return applied.resolved().get(List.copyOf(applied.transaction().sortedInputs()).get(index)).lockingScript().orElse(null);
    }

}
