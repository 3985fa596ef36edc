package io.masumi.node.chain.outbox;

import io.masumi.node.cardano.OutputRef;
import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One pass over a payment source: what its actions have in common is asked for once. Thread-safe. */
final class ActionPass {

    private final PaymentSourceId sourceId;
    private final ChainProvider provider;
    private final ReservationStore stored;
    private final HotWallets wallets;
    private final ChainSettings settings;
    private final Map<HotWalletId, WalletSigner> signers = new ConcurrentHashMap<>();
    private final Map<String, List<Utxo>> unspentOutputs = new ConcurrentHashMap<>();
    private final Map<WalletChoice, List<HotWalletView>> candidates = new ConcurrentHashMap<>();

    private record WalletChoice(List<String> walletIds, boolean forLocks) {}

    ActionPass(PaymentSourceId sourceId, ChainProvider provider, ReservationStore stored, HotWallets wallets,
            ChainSettings settings) {
        this.sourceId = sourceId;
        this.provider = provider;
        this.stored = stored;
        this.wallets = wallets;
        this.settings = settings;
    }

    PaymentSourceId sourceId() {
        return sourceId;
    }

    ChainProvider provider() {
        return provider;
    }

    /** The wallets that may pay for an action. */
    List<HotWalletView> candidates(PendingAction action) {
        return candidates.computeIfAbsent(new WalletChoice(action.walletIds(), action.isLock()), _ -> wallets.candidates(sourceId, action));
    }

    WalletSigner signer(HotWalletView wallet) {
        return signers.computeIfAbsent(wallet.id(), _ -> new WalletSigner(
                new WalletReservations(wallet, provider, stored, settings.chainingDepth(), settings.workingOutputs())));
    }

    /** An escrow's output if it is unspent on chain. Escrows that were locked together are asked for together. */
    Optional<Utxo> unspent(OutputRef ref) {
        return unspentOutputs.computeIfAbsent(ref.transactionHash(), provider::unspentOutputs).stream()
                .filter(utxo -> utxo.ref().equals(ref)).findFirst();
    }
}
