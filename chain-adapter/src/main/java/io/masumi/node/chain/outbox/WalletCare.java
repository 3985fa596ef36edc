package io.masumi.node.chain.outbox;

import io.masumi.node.chain.cardano.transaction.InsufficientFundsException;
import io.masumi.node.platform.loop.Backoff;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.MergePurpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that each wallet has an output to put up as collateral long before anything needs it. Others may send it money in any
 * shape, and may spend it too, so it is looked at now and then: often while it lacks one, which deadlines of minutes allow for.
 */
final class WalletCare {

    private static final Logger LOG = LoggerFactory.getLogger(WalletCare.class);

    private static final Duration LIST_EVERY = Duration.ofSeconds(30);
    private static final Duration WHILE_ALL_IS_WELL = Duration.ofMinutes(30);
    private static final Backoff WHILE_IT_IS_POOR = new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(2));

    private final HotWallets wallets;
    private final WalletMerges merges;
    private final Clock clock;
    private final Map<PaymentSourceId, Instant> nextListing = new ConcurrentHashMap<>();
    private final Map<HotWalletId, Look> looks = new ConcurrentHashMap<>();

    /** @param inVain looks in a row at which it was too poor */
    private record Look(Instant next, int inVain) {}

    WalletCare(HotWallets wallets, WalletMerges merges, Clock clock) {
        this.wallets = wallets;
        this.merges = merges;
        this.clock = clock;
    }

    void look(ActionPass pass) {
        Instant now = clock.instant();
        if (now.isBefore(nextListing.getOrDefault(pass.sourceId(), Instant.MIN))) {
            return;
        }
        nextListing.put(pass.sourceId(), now.plus(LIST_EVERY));
        for (HotWalletView wallet : wallets.all(pass.sourceId())) {
            Look last = looks.getOrDefault(wallet.id(), new Look(Instant.MIN, 0));
            if (!now.isBefore(last.next())) {
                boolean well = hasCollateral(pass, wallet);
                int inVain = well ? 0 : last.inVain() + 1;
                Duration wait = well ? WHILE_ALL_IS_WELL : WHILE_IT_IS_POOR.after(inVain);
                looks.put(wallet.id(), new Look(now.plus(wait), inVain));
            }
        }
    }

    /** Sets one apart when there is none. */
    private boolean hasCollateral(ActionPass pass, HotWalletView wallet) {
        AtomicBoolean there = new AtomicBoolean();
        Isolated.run(() -> {
            switch (pass.signer(wallet).reservations().collateral()) {
                case THERE -> there.set(true);
                case TO_BE_MADE -> merges.merge(pass, wallet, MergePurpose.Collateral, null);
                case OUT_OF_REACH -> {
                }
            }
        }, failure -> {
            if (failure instanceof InsufficientFundsException) {
                LOG.debug("wallet {} cannot set a collateral apart: {}", wallet.address(), failure.getMessage());
            } else {
                LOG.error("wallet {} cannot be looked after now and is looked at again later", wallet.address(), failure);
            }
        });
        return there.get();
    }
}
