package io.masumi.node.chain.dispute;

import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.chain.cardano.codec.RedeemerCodec;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.source.Admins;
import io.masumi.node.chain.source.Source;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads disputes and their evidence off the chain. */
final class DisputeReader {

    /** Parties may act on an escrow again and again; what came before so many steps is left out. */
    private static final int MAX_STEPS = 50;

    private final Source source;
    private final ChainProvider provider;

    DisputeReader(Source source, ChainProvider provider) {
        this.source = source;
        this.provider = provider;
    }

    /** Newest first. @param cursor output that the page starts with, null for the newest */
    List<Dispute> page(int limit, String cursor) {
        // Chain APIs answer oldest first.
        List<Utxo> newestFirst = provider.unspent(source.smartContractAddress()).stream()
                .filter(utxo -> datum(utxo.inlineDatum()).filter(datum -> datum.state() == OnChainState.Disputed).isPresent()).toList()
                .reversed();
        int from = cursor == null ? 0 : newestFirst.stream().map(utxo -> utxo.ref().toString()).toList().indexOf(cursor);
        return from < 0 ? List.of() : newestFirst.stream().skip(from).limit(limit).map(this::dispute).toList();
    }

    private Dispute dispute(Utxo utxo) {
        EscrowDatum datum = datum(utxo.inlineDatum()).orElseThrow();
        List<Dispute.Step> steps = new ArrayList<>();
        Optional<OutputRef> before = Optional.of(utxo.ref());
        while (before.isPresent() && steps.size() < MAX_STEPS) {
            before = step(before.get(), datum, steps);
        }
        Admins admins = Admins.of(source.parameters());
        return new Dispute(source.ref(), utxo.ref(), utxo.value(), datum, identifier(datum), steps.reversed(), before.isEmpty(),
                admins.all().stream().map(admin -> new Dispute.Admin(admins.addresses().get(admin.vkey()), admin)).toList(),
                admins.required());
    }

    /** Notes how an output of the escrow came to be. @return the escrow's output before, empty when this was the lock */
    private Optional<OutputRef> step(OutputRef output, EscrowDatum present, List<Dispute.Step> steps) {
        Optional<ChainTransaction> transaction = provider.transaction(output.transactionHash());
        if (transaction.isEmpty()) {
            return Optional.empty();
        }
        ChainTransaction found = transaction.get();
        Optional<EscrowDatum> left = found.outputs().stream().filter(each -> each.index() == output.index()).findFirst()
                .flatMap(each -> datum(each.inlineDatum()));
        for (int i = 0; i < found.inputs().size(); i++) {
            ChainTransaction.Input input = found.inputs().get(i);
            boolean same = input.address().equals(source.smartContractAddress()) && datum(input.inlineDatum())
                    .filter(each -> each.referenceSignature().equals(present.referenceSignature())).isPresent();
            if (same) {
                steps.add(step(action(found, i), found, left));
                return Optional.of(input.ref());
            }
        }
        steps.add(step(EscrowAction.Lock, found, left));
        return Optional.empty();
    }

    private static Dispute.Step step(EscrowAction action, ChainTransaction transaction, Optional<EscrowDatum> left) {
        return new Dispute.Step(action, transaction.hash(), transaction.at(), left.map(EscrowDatum::state).orElse(null),
                left.map(EscrowDatum::resultHash).orElse(""));
    }

    /** The redeemer's meaning, null when it has none that we know. */
    private static EscrowAction action(ChainTransaction transaction, int input) {
        return transaction.redeemers().stream().filter(redeemer -> redeemer.inputIndex() == input)
                .findFirst().flatMap(redeemer -> RedeemerCodec.decode(redeemer.data()))
                .orElse(null);
    }

    private Optional<EscrowDatum> datum(String inlineDatum) {
        return Optional.ofNullable(inlineDatum).flatMap(hex -> EscrowDatumCodec.decode(hex, source.network()));
    }

    static String identifier(EscrowDatum datum) {
        try {
            return datum.blockchainIdentifier().value();
        } catch (IllegalArgumentException e) {
            // Anybody can lock anything at the contract.
            return null;
        }
    }
}
