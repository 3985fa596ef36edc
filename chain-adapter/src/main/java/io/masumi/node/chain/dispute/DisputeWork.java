package io.masumi.node.chain.dispute;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainProviders;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.follower.reading.AwaitedTransactions;
import io.masumi.node.platform.loop.Backoff;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.chain.loop.SourceWork;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.dispute.DisputeCommand;
import io.masumi.node.dispute.DisputeWithdrawalStatus;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.FailureOnChain;
import io.masumi.node.escrow.Party;
import io.masumi.node.chain.source.Source;
import io.masumi.node.source.PaymentSourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends withdrawals that are signed, again after any doubt and always the same bytes, and looks for all of them on chain: others
 * may send them too. The aggregate hears of each step before the table does, so a crash in between means hearing it twice.
 */
final class DisputeWork implements SourceWork {

    private static final Logger LOG = LoggerFactory.getLogger(DisputeWork.class);
    private static final Backoff AFTER_DOUBT = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final DisputeStore store;
    private final ChainProviders providers;
    private final SourceStandings standings;
    private final CommandGateway commands;
    private final AwaitedTransactions awaited;
    private final ChainSettings settings;
    private final Clock clock;
    private final Map<PaymentSourceId, String> lastTips = new ConcurrentHashMap<>();

    DisputeWork(DisputeStore store, ChainProviders providers, SourceStandings standings, CommandGateway commands,
            AwaitedTransactions awaited, ChainSettings settings, Clock clock) {
        this.store = store;
        this.providers = providers;
        this.standings = standings;
        this.commands = commands;
        this.awaited = awaited;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "dispute-withdrawals";
    }

    @Override
    public void pass(Source source) {
        List<StoredWithdrawal> open = store.open(source.id());
        if (open.isEmpty() || standings.of(source.id()).stopped()) {
            return;
        }
        ChainProvider provider = providers.of(source.id());
        forEach(open, withdrawal -> submitIfDue(withdrawal, provider));
        ChainPoint tip = provider.tip();
        if (!tip.blockHash().equals(lastTips.get(source.id()))) {
            forEach(store.open(source.id()), withdrawal -> look(source, withdrawal, tip, provider));
            lastTips.put(source.id(), tip.blockHash());
        }
    }

    /** One that the node fails at must not hold up the others. */
    private static void forEach(List<StoredWithdrawal> withdrawals, Consumer<StoredWithdrawal> work) {
        for (StoredWithdrawal withdrawal : withdrawals) {
            Isolated.run(() -> work.accept(withdrawal), e -> LOG.error(
                    "dispute withdrawal {} in transaction {} is not understood; it is tried again", withdrawal.id(), withdrawal.hash(), e));
        }
    }

    private void submitIfDue(StoredWithdrawal withdrawal, ChainProvider provider) {
        if (!withdrawal.isToBeSent() || clock.instant().isBefore(withdrawal.submitAt())) {
            return;
        }
        Instant again = clock.instant().plus(AFTER_DOUBT.after(withdrawal.submitAttempts() + 1));
        store.sending(withdrawal.id(), again);
        switch (submit(withdrawal, provider)) {
            case SubmitOutcome.Accepted _ -> {
                report(new DisputeCommand.RecordSubmitted(withdrawal.id()));
                store.accepted(withdrawal.id(), clock.instant().plus(settings.resubmitInterval()));
                LOG.info("dispute withdrawal {}: submitted transaction {}", withdrawal.id(), withdrawal.hash());
            }
            case SubmitOutcome.Refused refused -> notAccepted(withdrawal, "refused: " + refused.reason());
            case SubmitOutcome.NotYetValid early -> notAccepted(withdrawal, "not valid yet: " + early.reason());
            case SubmitOutcome.Unknown unknown -> notAccepted(withdrawal, "no answer: " + unknown.reason());
        }
    }

    private static SubmitOutcome submit(StoredWithdrawal withdrawal, ChainProvider provider) {
        try {
            return provider.submit(withdrawal.bytes());
        } catch (ProviderUnavailableException e) {
            return new SubmitOutcome.Unknown(e.getMessage());
        }
    }

    private void notAccepted(StoredWithdrawal withdrawal, String reply) {
        store.notAccepted(withdrawal.id(), reply);
        LOG.info("dispute withdrawal {}: transaction {} was not accepted, {}", withdrawal.id(), withdrawal.hash(), reply);
    }

    /** @param tip read before, so that what was on chain then is found */
    private void look(Source source, StoredWithdrawal withdrawal, ChainPoint tip, ChainProvider provider) {
        Optional<ChainTransaction> found = provider.transaction(withdrawal.hash());
        if (found.isPresent()) {
            onChain(source, withdrawal, found.get(), tip.blockHeight() - found.get().at().blockHeight() + 1);
            return;
        }
        if (withdrawal.status() == DisputeWithdrawalStatus.Confirmed) {
            LOG.warn("dispute withdrawal {}: transaction {} was rolled back and is sent again", withdrawal.id(), withdrawal.hash());
            report(new DisputeCommand.RecordRolledBack(withdrawal.id()));
            store.status(withdrawal.id(), DisputeWithdrawalStatus.Submitted, false);
        }
        // A rollback may bring back what was spent, and what was too late: so nothing is given up at once.
        Long gone = provider.unspentOutput(withdrawal.escrow()).isPresent() ? null : since(withdrawal.escrowGoneAtHeight(), tip);
        Long expired = tip.slot() <= withdrawal.validUntilSlot() ? null : since(withdrawal.expiredAtHeight(), tip);
        store.seen(withdrawal.id(), gone, expired);
        if (isLongAgo(gone, tip)) {
            lost(withdrawal, DisputeWithdrawalStatus.Superseded, "another transaction moved or ended the escrow", null);
        } else if (isLongAgo(expired, tip)) {
            lost(withdrawal, DisputeWithdrawalStatus.Expired, "it was not on chain when its validity ended", null);
        }
    }

    private void onChain(Source source, StoredWithdrawal withdrawal, ChainTransaction found, long depth) {
        if (depth < settings.confirmations(source)) {
            return;
        }
        boolean settled = depth > settings.rollbackHorizon();
        if (!found.scriptsPassed()) {
            if (settled) {
                lost(withdrawal, DisputeWithdrawalStatus.Refused, "the contract refused it, and it cost its collateral",
                        new FailureOnChain(found.at(), found.feeLovelace()));
            }
            return;
        }
        if (withdrawal.status() != DisputeWithdrawalStatus.Confirmed) {
            report(new DisputeCommand.RecordConfirmed(withdrawal.id(),
                    new EscrowTransaction(found.hash(), found.at(), found.feeLovelace(), Party.Admins)));
            LOG.info("dispute withdrawal {}: transaction {} is in block {} at height {}", withdrawal.id(), found.hash(),
                    found.at().blockHash(), found.at().blockHeight());
        }
        awaited.await(source.id(), found.hash(), found.at().blockHeight(), "it is ours");
        store.status(withdrawal.id(), DisputeWithdrawalStatus.Confirmed, settled);
    }

    private void lost(StoredWithdrawal withdrawal, DisputeWithdrawalStatus status, String why, FailureOnChain failure) {
        LOG.warn("dispute withdrawal {}: transaction {} is given up as {}: {}", withdrawal.id(), withdrawal.hash(), status, why);
        report(new DisputeCommand.RecordLost(withdrawal.id(), status, why, failure));
        store.status(withdrawal.id(), status, true);
    }

    private static Long since(Long height, ChainPoint tip) {
        return height == null ? tip.blockHeight() : Long.valueOf(Math.min(height, tip.blockHeight()));
    }

    private boolean isLongAgo(Long height, ChainPoint tip) {
        return height != null && tip.blockHeight() >= height + settings.rollbackHorizon();
    }

    private void report(DisputeCommand command) {
        try {
            commands.sendAndWait(command);
        } catch (AggregateNotFoundException e) {
            // The node died before it was proposed: nobody has seen it, and nobody will ask.
            LOG.debug("dispute withdrawal {} was never proposed", command.withdrawalId(), e);
        }
    }
}
