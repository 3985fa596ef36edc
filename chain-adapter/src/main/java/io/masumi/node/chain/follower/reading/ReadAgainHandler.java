package io.masumi.node.chain.follower.reading;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.Rejection;
import io.masumi.node.Requester;
import io.masumi.node.chain.cardano.provider.ChainProviders;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.source.Source;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.source.PaymentSourceId;

/** Takes an operator's orders to read once more. The follower does it. */
public final class ReadAgainHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ReadAgainHandler.class);

    private static final int SHOWN = 50;

    private final Sources sources;
    private final ChainProviders providers;
    private final Rereadings rereadings;
    private final AwaitedTransactions awaited;

    public ReadAgainHandler(Sources sources, ChainProviders providers, Rereadings rereadings, AwaitedTransactions awaited) {
        this.sources = sources;
        this.providers = providers;
        this.rereadings = rereadings;
        this.awaited = awaited;
    }

    /** @throws io.masumi.node.RejectedException NOT_FOUND without such a source, INVALID if the follower has not come to that block yet */
    @CommandHandler
    ReadingStatus order(ReadAgain.FromBlock command) {
        source(command.sourceId());
        Long followedTo = awaited.followedTo(command.sourceId());
        if (followedTo == null || command.height() > followedTo) {
            throw Rejection.invalid("The contract is followed up to block height " + (followedTo == null ? "nothing" : followedTo)
                    + " so far: from there on everything is read anyway");
        }
        rereadings.order(command.sourceId(), command.height(), orderedBy(command.requester()));
        LOG.info("payment source {}: everything from block height {} on is read again, {}", command.sourceId(), command.height(),
                orderedBy(command.requester()));
        return status(command.sourceId());
    }

    /**
     * @throws io.masumi.node.RejectedException NOT_FOUND without such a source or transaction, INVALID if it does not touch the contract
     * @throws io.masumi.node.chain.cardano.provider.ProviderUnavailableException if the provider has a fault
     */
    @CommandHandler
    ReadingStatus order(ReadAgain.Transaction command) {
        Source source = source(command.sourceId());
        ChainTransaction transaction = providers.of(command.sourceId()).transaction(command.hash())
                .orElseThrow(() -> Rejection.notFound("The provider shows no transaction " + command.hash() + " on the chain"));
        String contract = source.smartContractAddress();
        if (transaction.inputs().stream().noneMatch(input -> input.address().equals(contract))
                && transaction.outputs().stream().noneMatch(output -> output.address().equals(contract))) {
            throw Rejection.invalid("Transaction " + command.hash() + " does not touch the contract at " + contract);
        }
        awaited.again(command.sourceId(), command.hash(), transaction.at().blockHeight(), orderedBy(command.requester()));
        LOG.info("payment source {}: transaction {} is read again, {}", command.sourceId(), command.hash(),
                orderedBy(command.requester()));
        return status(command.sourceId());
    }

    @QueryHandler
    ReadingStatus find(FindReadings query) {
        return status(query.sourceId());
    }

    private ReadingStatus status(PaymentSourceId sourceId) {
        return new ReadingStatus(awaited.followedTo(sourceId), rereadings.newest(sourceId, SHOWN), awaited.first(sourceId, SHOWN));
    }

    private Source source(PaymentSourceId sourceId) {
        return sources.find(sourceId).orElseThrow(() -> Rejection.notFound("There is no payment source " + sourceId));
    }

    private static String orderedBy(Requester requester) {
        return "ordered by key " + requester.keyId();
    }
}
