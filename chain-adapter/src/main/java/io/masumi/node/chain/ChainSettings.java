package io.masumi.node.chain;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

import io.masumi.node.escrow.Network;
import io.masumi.node.chain.source.Source;
import io.masumi.node.cardano.LedgerConstants;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the node follows the chain and acts on it.
 *
 * @param pollInterval how often a provider is asked for its newest block
 * @param localPollInterval the same for a provider on this machine, which asking costs nothing: the development network
 * @param confirmations how many blocks a transaction must be deep to count, its own included; null for 1 with a provider of
 *     test money on this machine and 6 elsewhere: forks of one or two blocks are everyday on Cardano, deeper ones hardly ever seen, and
 *     two minutes of waiting are cheap beside deadlines of hours
 * @param rollbackHorizon blocks after which a transaction that is past its validity and not on chain is given up for lost
 * @param firstLookBack blocks before the tip at which a new payment source is first looked at
 * @param withdrawDelay how long after unlockTime, or submitResultTime for a refund, the node withdraws by itself, to allow
 *     for clock drift
 * @param autoWithdrawPayments whether it withdraws earned money by itself
 * @param autoWithdrawRefunds whether it withdraws refunds by itself
 * @param expiryDelay how long after payByTime a sale without a lock is given up at the earliest; not before the follower has read the chain
 *     beyond payByTime and the rollback horizon
 * @param locksPerTransaction most purchases that one transaction locks; the ledger's limit of its size decides besides
 * @param chainingDepth most unconfirmed transactions of our own that build on each other
 * @param workingOutputs how many outputs a wallet keeps, money permitting, so that as many transactions can be made beside
 *     each other; with the chaining depth it bounds how many a wallet can have on their way
 * @param parallelActions how many actions of a payment source are built and sent at a time
 * @param resubmitInterval how often a transaction that was accepted but is not on chain is handed in again
 * @param compareInterval how often what was recorded of a contract is compared with what stands there
 * @param keepBookkeeping how long what rollbacks and open sales need no more is kept beside the events
 * @param trimInterval how often what is older is looked for
 * @param lostTransactions after how many lost transactions an action is left to an operator
 * @param clockTolerance how much this machine's clock may differ from a chain provider's before that is a concern
 */
@ConfigurationProperties("masumi.chain")
public record ChainSettings(
        @DefaultValue("5s") Duration pollInterval,
        @DefaultValue("500ms") Duration localPollInterval,
        Integer confirmations,
        @DefaultValue("20") int rollbackHorizon,
        @DefaultValue("" + LedgerConstants.LONGEST_ROLLBACK) int firstLookBack,
        @DefaultValue("10m") Duration withdrawDelay,
        @DefaultValue("true") boolean autoWithdrawPayments,
        @DefaultValue("true") boolean autoWithdrawRefunds,
        @DefaultValue("10m") Duration expiryDelay,
        @DefaultValue("100") int locksPerTransaction,
        @DefaultValue("10") int chainingDepth,
        @DefaultValue("10") int workingOutputs,
        @DefaultValue("8") int parallelActions,
        @DefaultValue("30s") Duration resubmitInterval,
        @DefaultValue("10m") Duration compareInterval,
        @DefaultValue("90d") Duration keepBookkeeping,
        @DefaultValue("1h") Duration trimInterval,
        @DefaultValue("3") int lostTransactions,
        @DefaultValue("30s") Duration clockTolerance) {

    private static final Duration SHORTEST_BOOKKEEPING = Duration.ofDays(2);
    private static final int PUBLIC_CONFIRMATIONS = 6;

    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws IllegalArgumentException naming the setting that makes no sense */
    public ChainSettings {
        requirePositive("poll-interval", pollInterval);
        requirePositive("local-poll-interval", localPollInterval);
        requirePositive("resubmit-interval", resubmitInterval);
        requirePositive("clock-tolerance", clockTolerance);
        requirePositive("compare-interval", compareInterval);
        requirePositive("trim-interval", trimInterval);
        if (keepBookkeeping.compareTo(SHORTEST_BOOKKEEPING) < 0) {
            throw new IllegalArgumentException("masumi.chain.keep-bookkeeping must be at least " + SHORTEST_BOOKKEEPING.toDays() + "d");
        }
        requireAtLeast("confirmations", 1, confirmations == null ? 1 : confirmations);
        requireAtLeast("rollback-horizon", 0, rollbackHorizon);
        requireAtLeast("first-look-back", 0, firstLookBack);
        requireAtLeast("locks-per-transaction", 1, locksPerTransaction);
        requireAtLeast("chaining-depth", 0, chainingDepth);
        requireAtLeast("working-outputs", 1, workingOutputs);
        requireAtLeast("parallel-actions", 1, parallelActions);
        requireAtLeast("lost-transactions", 1, lostTransactions);
        if (withdrawDelay.isNegative() || expiryDelay.isNegative()) {
            throw new IllegalArgumentException("masumi.chain.withdraw-delay and masumi.chain.expiry-delay must not be negative");
        }
    }

    /** How often to ask the provider at this URL. */
    public Duration pollInterval(String providerUrl) {
        return isLocal(providerUrl) ? localPollInterval : pollInterval;
    }

    /** How many blocks a transaction must be deep to count on this payment source's chain, its own included. */
    public int confirmations(Source source) {
        if (confirmations != null) {
            return confirmations;
        }
        return source.network() == Network.Preprod && isLocal(source.providerUrl()) ? 1 : PUBLIC_CONFIRMATIONS;
    }

    private static boolean isLocal(String providerUrl) {
        return LOCAL_HOSTS.contains(URI.create(providerUrl).getHost());
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("masumi.chain." + name + " must be more than nothing");
        }
    }

    private static void requireAtLeast(String name, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException("masumi.chain." + name + " must be at least " + least + ", not " + value);
        }
    }
}
