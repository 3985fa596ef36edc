package io.masumi.node.gateway.wallet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.chain.wallet.GenerateMnemonic;
import io.masumi.node.chain.wallet.GeneratedWallet;
import io.masumi.node.chain.wallet.MergePlan;
import io.masumi.node.chain.wallet.MergeWallet;
import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.http.HexText;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.wallet.HotWalletQuery.FindHotWallet;
import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.WalletType;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The node's hot wallets, and fresh ones for an operator to use. */
@RestController
@RequestMapping("/api/v1/wallet")
@Tag(name = "wallet")
final class WalletController {

    private final Views views;
    private final Commands commands;

    WalletController(Views views, Commands commands) {
        this.views = views;
        this.commands = commands;
    }

    /** @param cursorId id of the wallet that the page starts with. Filters that are absent filter nothing */
    record PageRequest(@Min(1) @Max(100) Integer take, @Size(max = 250) String cursorId, @Size(max = 250) String paymentSourceId,
            WalletType walletType, @Size(max = 250) String walletVkey, @Size(max = 250) String walletAddress) {

        PageRequest {
            take = take == null ? 10 : take;
            walletVkey = HexText.lowerCase(walletVkey);
        }

        PaymentSourceId source() {
            return paymentSourceId == null ? null : new PaymentSourceId(paymentSourceId);
        }
    }

    /** Nothing watches balances yet, so there are no rules and nothing is low. */
    record LowBalanceSummary(boolean isLow, int lowRuleCount, Instant lastCheckedAt) {}

    record WalletItem(String id, String paymentSourceId, WalletType type, String walletVkey, String walletAddress,
            String collectionAddress, String note, @JsonProperty("LowBalanceSummary") LowBalanceSummary lowBalanceSummary) {

        static WalletItem of(HotWalletView wallet) {
            return new WalletItem(wallet.id().value(), wallet.sourceId().value(), wallet.type(), wallet.vkey(), wallet.address(),
                    wallet.collectionAddress(), wallet.note(), new LowBalanceSummary(false, 0, null));
        }
    }

    record Wallets(@JsonProperty("Wallets") List<WalletItem> wallets) {}

    @GetMapping("/list")
    @Needs(Permission.ADMIN)
    Reply<Wallets> list(@Valid @ParameterObject PageRequest page) {
        List<HotWalletView> wallets = views.list(new ListHotWallets(page.take(), page.cursorId(), page.source(), page.walletType(),
                page.walletVkey(), page.walletAddress()), HotWalletView.class);
        return Reply.of(new Wallets(wallets.stream().map(WalletItem::of).toList()));
    }

    record GenerateRequest(@NotNull Network network) {}

    /** @param walletMnemonic 24 words, shown here only */
    record GeneratedWalletSecret(String walletMnemonic, String walletAddress, String walletVkey) {

        @Override
        public String toString() {
            return "GeneratedWalletSecret[walletAddress=" + walletAddress + "]";
        }
    }

    @PostMapping
    @Needs(Permission.ADMIN)
    Reply<GeneratedWalletSecret> generate(@Valid @RequestBody GenerateRequest body, Caller caller) {
        caller.mustUse(body.network());
        GeneratedWallet fresh = views.one(new GenerateMnemonic(body.network()), GeneratedWallet.class)
                .orElseThrow(() -> new IllegalStateException("No wallet was generated"));
        return Reply.of(new GeneratedWalletSecret(fresh.mnemonic().text(), fresh.address(), fresh.vkey()));
    }

    /** @param id of the hot wallet, as in the list */
    record MergeRequest(@NotNull @Size(max = 250) String id) {}

    /**
     * @param outputs unspent outputs of the wallet on chain
     * @param outputsToMerge those with less than 5 ADA, or with tokens
     * @param transactions about how many it takes, 0 when there is nothing to do
     * @param begun whether this request began it; asking again while it is under way begins nothing
     * @param transactionsUnderWay hashes of the merging transactions that are not on chain for good
     */
    record Merge(String id, String walletAddress, int outputs, int outputsToMerge, int transactions, boolean begun,
            List<String> transactionsUnderWay) {}

    /** Has a wallet pay itself, so that fewer and larger outputs come of its small ones: an offer of ours beyond the wire contract. */
    @PostMapping("/merge")
    @Needs(Permission.ADMIN)
    Reply<Merge> merge(@Valid @RequestBody MergeRequest body, Caller caller) {
        HotWalletId id = new HotWalletId(body.id());
        caller.mustUse(views.one(new FindHotWallet(id), HotWalletView.class)
                .orElseThrow(() -> Problem.notFound("There is no wallet " + body.id())).network());
        MergePlan plan = commands.send(new MergeWallet(id, caller.requester()), caller.requester(), MergePlan.class);
        return Reply.of(new Merge(body.id(), plan.walletAddress(), plan.outputs(), plan.outputsToMerge(), plan.transactions(), plan.begun(),
                plan.underWay()));
    }
}
