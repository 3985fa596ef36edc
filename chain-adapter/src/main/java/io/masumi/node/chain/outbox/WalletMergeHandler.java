package io.masumi.node.chain.outbox;

import io.masumi.node.Rejection;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.chain.cardano.provider.ChainProviders;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.Spendable;
import io.masumi.node.chain.wallet.MergePlan;
import io.masumi.node.chain.wallet.MergeWallet;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.MergePurpose;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandHandler;

/** Takes an operator's request that a wallet merge its small outputs, which the wallet's next passes then do. */
public final class WalletMergeHandler {

    /** About as many as fit into one transaction. */
    private static final int OUTPUTS_PER_TRANSACTION = 400;

    private final HotWallets wallets;
    private final ActionStore actions;
    private final ReservationStore reservations;
    private final ChainProviders providers;
    private final Consumer<PaymentSourceId> wake;
    private final Clock clock;

    WalletMergeHandler(HotWallets wallets, ActionStore actions, ReservationStore reservations, ChainProviders providers,
            Consumer<PaymentSourceId> wake, Clock clock) {
        this.wallets = wallets;
        this.actions = actions;
        this.reservations = reservations;
        this.providers = providers;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * Begins it, unless it is under way.
     *
     * @throws io.masumi.node.RejectedException NOT_FOUND without such a wallet
     * @throws io.masumi.node.chain.cardano.provider.ProviderUnavailableException if the wallet's outputs cannot be had now
     */
    @CommandHandler
    public MergePlan merge(MergeWallet command) {
        HotWalletView wallet = wallets.find(command.walletId().value())
                .orElseThrow(() -> Rejection.notFound("There is no wallet " + command.walletId()));
        boolean underWay = actions.isMerging(wallet.id().value());
        Set<OutputRef> reserved = reservations.reserved(ReservationStore.Kind.Input);
        List<Utxo> outputs = providers.of(wallet.sourceId()).unspent(wallet.address()).stream()
                .filter(output -> !reserved.contains(output.ref())).toList();
        int pieces = (int) outputs.stream().filter(Spendable::isOfLittleUseAlone).count();
        int count = pieces < 2 ? 0 : Math.ceilDiv(pieces, OUTPUTS_PER_TRANSACTION);
        boolean begun = !underWay && count > 0;
        if (begun) {
            actions.insert(new ActionRequest(ActionRole.Wallet, wallet.id().value(), clock.millis(), wallet.sourceId(),
                    List.of(wallet.id().value()), new ChainAction.MergeOutputs(MergePurpose.Asked, null, command.requester()), 0, null));
            wake.accept(wallet.sourceId());
        }
        return new MergePlan(wallet.address(), outputs.size(), pieces, count, begun, actions.merging(wallet.id().value()));
    }
}
