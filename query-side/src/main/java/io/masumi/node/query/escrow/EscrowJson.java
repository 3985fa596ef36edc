package io.masumi.node.query.escrow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.DerivedId;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.Party;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.query.projection.WireFormat;
import java.util.function.Function;

/** Parts that the wire's Payment and Purchase share. */
public final class EscrowJson {

    private static final int MS_PER_SECOND = 1000;

    private EscrowJson() {}

    /** The four deadlines, in milliseconds as text. */
    public static void times(ObjectNode record, EscrowTimes times) {
        record.put("payByTime", Long.toString(times.payByTime()));
        record.put("submitResultTime", Long.toString(times.submitResultTime()));
        record.put("unlockTime", Long.toString(times.unlockTime()));
        record.put("externalDisputeUnlockTime", Long.toString(times.externalDisputeUnlockTime()));
    }

    /** When the record was made and what last changed when. */
    public static void timestamps(ObjectNode record, EscrowTimeline timeline) {
        record.put("createdAt", WireFormat.iso(timeline.createdAt()));
        record.put("updatedAt", WireFormat.iso(timeline.updatedAt()));
        record.put("lastCheckedAt", WireFormat.iso(timeline.lastObservedAt()));
        record.put("nextActionLastChangedAt", WireFormat.iso(timeline.nextActionChangedAt()));
        record.put("onChainStateOrResultLastChangedAt", WireFormat.iso(timeline.onChainStateOrResultChangedAt()));
        record.put("nextActionOrOnChainStateOrResultLastChangedAt", WireFormat.iso(timeline.anythingChangedAt()));
    }

    /** What the chain shows, from the side of one of the parties. */
    public static void escrow(ObjectNode record, EscrowStatus escrow, Party own) {
        var seller = own == Party.Seller;
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

    /** Transactions, and former ones and former actions if wanted, else null. @param action how a former action is shown */
    public static void history(ObjectNode record, EscrowTimeline timeline, boolean includeHistory,
            Function<ActionEntry, ObjectNode> action) {
        var transactions = timeline.transactions();
        record.set("ActionHistory", includeHistory ? formerActions(timeline, action) : null);
        record.set("CurrentTransaction", transactions.current() == null ? null : transaction(transactions.current()));
        record.set("TransactionHistory", includeHistory ? WireFormat.array(transactions.former(), EscrowJson::transaction) : null);
    }

    public static ObjectNode paymentSource(PaymentSourceRef source) {
        return WireFormat.object().put("id", source.id()).put("network", source.network().name())
                .put("paymentSourceType", source.type().name())
                .put("smartContractAddress", source.smartContractAddress()).put("policyId", source.policyId());
    }

    /** The other party's wallet; null until it is known, and for a script, which has no key. */
    public static ObjectNode otherWallet(Participant party) {
        return party == null || party.vkey() == null
                ? null
                : WireFormat.object().put("id", DerivedId.of("wallet", party.vkey())).put("walletVkey", party.vkey());
    }

    /** Our wallet; null until it is known. */
    public static ObjectNode ownWallet(WalletRef wallet) {
        return wallet == null
                ? null
                : WireFormat.object().put("id", wallet.id()).put("walletVkey", wallet.vkey()).put("walletAddress", wallet.address());
    }

    private static ArrayNode formerActions(EscrowTimeline timeline, Function<ActionEntry, ObjectNode> action) {
        return WireFormat.array(timeline.formerActions(), entry -> {
            var shown = WireFormat.object().put("id", entry.id()).put("createdAt", WireFormat.iso(entry.createdAt()))
                    .put("updatedAt", WireFormat.iso(entry.updatedAt()));
            return shown.setAll(action.apply(entry));
        });
    }

    private static ObjectNode transaction(TransactionEntry entry) {
        var seen = entry.seen();
        var shown = WireFormat.object();
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
