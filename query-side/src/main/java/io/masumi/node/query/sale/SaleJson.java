package io.masumi.node.query.sale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.DerivedId;
import io.masumi.node.escrow.AgreedSale;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.Party;
import io.masumi.node.escrow.SaleState;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.query.projection.WireFormat;

/** The wire's Payment or Purchase. */
abstract class SaleJson<S extends SaleState> {

    private static final int MS_PER_SECOND = 1000;

    private final Party own;

    SaleJson(Party own) {
        this.own = own;
    }

    final String render(SaleView<S> view, boolean includeHistory) {
        S state = view.state();
        AgreedSale created = state.created();
        ObjectNode record = WireFormat.object();
        record.put("id", created.saleId());
        timestamps(record, view.timeline());
        record.put("blockchainIdentifier", created.blockchainIdentifier().value());
        record.put("agentIdentifier", created.agentIdentifier());
        record.put("agentName", created.agentName());
        record.put("pricingType", created.pricingType().name());
        times(record, created.times());
        record.put("requestedById", created.requester().keyId());
        record.put("inputHash", created.inputHash());
        record.put("buyerReturnAddress", buyerReturnAddress(state));
        record.put("sellerReturnAddress", created.sellerReturnAddress());
        escrow(record, state.escrow());
        record.set("NextAction", action(state.next()));
        history(record, view.timeline(), includeHistory);
        funds(record, state);
        record.set("PaymentSource", WireFormat.paymentSource(created.source()));
        wallets(record, state);
        record.put("metadata", created.metadata());
        return record.toString();
    }

    abstract String buyerReturnAddress(S state);

    abstract ObjectNode action(NextAction next);

    /** One of the actions that were wanted before. */
    abstract ObjectNode formerAction(NextAction next);

    abstract void funds(ObjectNode record, S state);

    /** The other party's and our own. */
    abstract void wallets(ObjectNode record, S state);

    /** The four deadlines, in milliseconds as text. */
    private static void times(ObjectNode record, EscrowTimes times) {
        record.put("payByTime", Long.toString(times.payByTime()));
        record.put("submitResultTime", Long.toString(times.submitResultTime()));
        record.put("unlockTime", Long.toString(times.unlockTime()));
        record.put("externalDisputeUnlockTime", Long.toString(times.externalDisputeUnlockTime()));
    }

    /** When the record was made and what last changed when. */
    private static void timestamps(ObjectNode record, EscrowTimeline timeline) {
        record.put("createdAt", WireFormat.iso(timeline.createdAt()));
        record.put("updatedAt", WireFormat.iso(timeline.updatedAt()));
        record.put("lastCheckedAt", WireFormat.iso(timeline.lastObservedAt()));
        record.put("nextActionLastChangedAt", WireFormat.iso(timeline.nextActionChangedAt()));
        record.put("onChainStateOrResultLastChangedAt", WireFormat.iso(timeline.onChainStateOrResultChangedAt()));
        record.put("nextActionOrOnChainStateOrResultLastChangedAt", WireFormat.iso(timeline.anythingChangedAt()));
    }

    /** What the chain shows, from our side. */
    private void escrow(ObjectNode record, EscrowStatus escrow) {
        boolean seller = own == Party.Seller;
        record.put("onChainState", name(escrow.state()));
        record.put("resultHash", escrow.resultHash());
        record.put("collateralReturnLovelace", WireFormat.decimal(escrow.collateralReturnLovelace()));
        record.put("cooldownTime", seller ? escrow.sellerCooldownTime() : escrow.buyerCooldownTime());
        record.put("cooldownTimeOtherParty", seller ? escrow.buyerCooldownTime() : escrow.sellerCooldownTime());
        record.put("totalBuyerCardanoFees", WireFormat.ada(escrow.buyerFees()));
        record.put("totalSellerCardanoFees", WireFormat.ada(escrow.sellerFees()));
        record.set("WithdrawnForSeller", WireFormat.funds(escrow.withdrawnForSeller()));
        record.set("WithdrawnForBuyer", WireFormat.funds(escrow.withdrawnForBuyer()));
    }

    /** Transactions, and former ones and former actions if wanted, else null. */
    private void history(ObjectNode record, EscrowTimeline timeline, boolean includeHistory) {
        Transactions transactions = timeline.transactions();
        record.set("ActionHistory", includeHistory ? formerActions(timeline) : null);
        record.set("CurrentTransaction", transactions.current() == null ? null : transaction(transactions.current()));
        record.set("TransactionHistory", includeHistory ? WireFormat.array(transactions.former(), SaleJson::transaction) : null);
    }

    /** The other party's wallet; null until it is known, and for a script, which has no key. */
    static ObjectNode otherWallet(Participant party) {
        return party == null || party.vkey() == null
                ? null
                : WireFormat.object().put("id", DerivedId.of("wallet", party.vkey())).put("walletVkey", party.vkey());
    }

    /** Our wallet; null until it is known. */
    static ObjectNode ownWallet(WalletRef wallet) {
        return wallet == null
                ? null
                : WireFormat.object().put("id", wallet.id()).put("walletVkey", wallet.vkey()).put("walletAddress", wallet.address());
    }

    private ArrayNode formerActions(EscrowTimeline timeline) {
        return WireFormat.array(timeline.formerActions(), entry -> {
            ObjectNode shown = WireFormat.object().put("id", entry.id()).put("createdAt", WireFormat.iso(entry.createdAt()))
                    .put("updatedAt", WireFormat.iso(entry.updatedAt()));
            return shown.setAll(formerAction(entry.action()));
        });
    }

    static ObjectNode action(SaleKind kind, NextAction next) {
        return WireFormat.object().put("requestedAction", next.wireName()).put("errorType", name(kind.shown(next.errorType())))
                .put("errorNote", next.errorNote());
    }

    private static ObjectNode transaction(TransactionEntry entry) {
        EscrowTransaction seen = entry.seen();
        ObjectNode shown = WireFormat.object();
        shown.put("id", entry.id());
        shown.put("createdAt", WireFormat.iso(entry.createdAt()));
        shown.put("updatedAt", WireFormat.iso(entry.updatedAt()));
        shown.put("txHash", entry.hash());
        shown.put("status", entry.status().name());
        shown.put("fees", seen == null ? null : Long.toString(seen.feeLovelace()));
        shown.put("blockHeight", seen == null ? null : seen.at().blockHeight());
        // In seconds, as chain APIs count the time of blocks; only the sale's own times are in milliseconds, and texts.
        shown.put("blockTime", seen == null ? null : seen.at().blockTime() / MS_PER_SECOND);
        shown.put("previousOnChainState", name(entry.previousOnChainState()));
        shown.put("newOnChainState", name(entry.newOnChainState()));
        shown.putNull("confirmations");
        return shown;
    }

    private static String name(Enum<?> constant) {
        return constant == null ? null : constant.name();
    }
}
