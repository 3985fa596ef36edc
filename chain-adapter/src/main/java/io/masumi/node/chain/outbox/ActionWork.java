package io.masumi.node.chain.outbox;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainProviders;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.chain.loop.SourceWork;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.chain.source.Source;
import io.masumi.node.source.PaymentSourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the chain actions of a payment source forward: look for what was sent, send what is signed, sign what is wanted. */
final class ActionWork implements SourceWork {

    static final String NAME = "chain-actions";

    private static final Logger LOG = LoggerFactory.getLogger(ActionWork.class);

    private final ActionStore actions;
    private final TransactionStore transactions;
    private final ReservationStore reservations;
    private final ActionBuilder builder;
    private final HotWallets wallets;
    private final WalletCare care;
    private final TransactionSubmitter submitter;
    private final TransactionTracker tracker;
    private final GivenUpReports givenUp;
    private final ChainProviders providers;
    private final SourceStandings standings;
    private final ChainSettings settings;
    private final Map<PaymentSourceId, String> lastTips = new ConcurrentHashMap<>();

    ActionWork(ActionStore actions, TransactionStore transactions, ReservationStore reservations, HotWallets wallets, ActionBuilder builder,
            WalletCare care,
            TransactionSubmitter submitter, TransactionTracker tracker, GivenUpReports givenUp, ChainProviders providers,
            SourceStandings standings,
            ChainSettings settings) {
        this.actions = actions;
        this.transactions = transactions;
        this.reservations = reservations;
        this.wallets = wallets;
        this.builder = builder;
        this.care = care;
        this.submitter = submitter;
        this.tracker = tracker;
        this.givenUp = givenUp;
        this.providers = providers;
        this.standings = standings;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void pass(Source source) {
        givenUp.tell(source.id());
        SourceStandings.Standing standing = standings.of(source.id());
        if (standing.stopped()) {
            return;
        }
        builder.giveUpOverdue(source.id());
        ChainProvider provider = providers.of(source.id());
        track(source, standing, provider);
        submit(source.id(), provider);
        // Before they hear of the next, or that there is none.
        givenUp.tell(source.id());
        ActionPass pass = new ActionPass(source.id(), provider, reservations, wallets, settings);
        builder.build(pass);
        care.look(pass);
    }

    /**
     * The chain changes only with a new block, so that only then every transaction is looked for; those that were not
     * accepted always are, because that may mean that they are there, or that their escrow was moved by somebody else.
     */
    private void track(Source source, SourceStandings.Standing standing, ChainProvider provider) {
        PaymentSourceId sourceId = source.id();
        List<StoredTransaction> open = transactions.open(sourceId);
        boolean poor = actions.anyWaitsForMoney(sourceId);
        if (open.isEmpty() && !poor) {
            return;
        }
        // What is settled lies in a block that the follower has seen: else nobody would notice its loss. If that one is not shown, there
        // is a rollback to see to first.
        Optional<ChainPoint> seen = standings.newestSeen(sourceId).filter(provider::shows);
        if (seen.isEmpty()) {
            return;
        }
        ChainPoint tip = seen.get();
        boolean newBlock = !tip.blockHash().equals(lastTips.get(sourceId));
        ChainLook look = new ChainLook(sourceId, standing, tip, settings.confirmations(source), provider);
        open.stream().filter(transaction -> newBlock || transaction.lastReply() != null)
                .forEach(transaction -> alone(transaction, () -> tracker.track(transaction, look)));
        if (newBlock && poor) {
            actions.tryForMoney(sourceId);
        }
        lastTips.put(sourceId, tip.blockHash());
    }

    private void submit(PaymentSourceId sourceId, ChainProvider provider) {
        transactions.toSend(sourceId)
                .forEach(transaction -> alone(transaction, () -> submitter.submitIfDue(sourceId, transaction, provider)));
    }

    private static void alone(StoredTransaction transaction, Runnable work) {
        Isolated.run(work, e -> LOG.error("transaction {} cannot be carried on now and is looked at again later", transaction.hash(), e));
    }
}
