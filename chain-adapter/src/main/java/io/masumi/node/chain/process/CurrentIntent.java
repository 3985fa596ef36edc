package io.masumi.node.chain.process;

import java.time.Instant;
import java.util.Iterator;
import java.util.stream.Stream;

import org.axonframework.eventhandling.DomainEventMessage;

import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.Intent;

/**
 * What an aggregate wants done on chain, all its events taken together.
 *
 * @param newest sequence number of its newest event
 * @param at when that was
 */
record CurrentIntent(Intent intent, long newest, Instant at) {

    /** Of all events of an aggregate of that kind, in order; at least one. */
    static CurrentIntent of(ActionRole role, Stream<? extends DomainEventMessage<?>> events) {
        RecordIntents<?, ?> kind = switch (role) {
            case Payment -> new PaymentIntents();
            case Purchase -> new PurchaseIntents();
            case Registration -> new RegistrationIntents();
            case PaymentSource -> new PaymentSourceIntents();
            case Wallet -> throw new IllegalArgumentException("a wallet's intents follow from no events");
        };
        return of(kind, events.iterator());
    }

    private static <S, E> CurrentIntent of(RecordIntents<S, E> kind, Iterator<? extends DomainEventMessage<?>> messages) {
        S state = null;
        Intent intent = new Intent.Nothing();
        while (true) {
            DomainEventMessage<?> message = messages.next();
            E event = kind.event(message.getPayload());
            state = kind.evolve(state, event);
            Intent said = kind.of(state, event, message.getSequenceNumber());
            intent = said instanceof Intent.AsBefore ? intent : said;
            if (!messages.hasNext()) {
                return new CurrentIntent(kind.isPending(state) ? intent : kind.whenNothingIsPending(), message.getSequenceNumber(),
                        message.getTimestamp());
            }
        }
    }
}
