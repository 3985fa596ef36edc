package io.masumi.node.chain.process;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.axonframework.eventhandling.DomainEventMessage;

import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.Wish;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.registry.RegistrationState;
import io.masumi.node.source.PaymentSourceEvent;
import io.masumi.node.source.ReferenceScript;

/**
 * What an aggregate wants done on chain, all its events taken together.
 *
 * @param newest sequence number of its newest event
 * @param at when that was
 */
record CurrentIntent(Wish wish, long newest, Instant at) {

    /** Of all events of an aggregate of that kind, in order; at least one. */
    static CurrentIntent of(ActionRole role, Stream<? extends DomainEventMessage<?>> events) {
        Memory memory = switch (role) {
            case Payment -> new OfPayment();
            case Purchase -> new OfPurchase();
            case Registration -> new OfRegistration();
            case PaymentSource -> new OfPaymentSource();
            case Wallet -> throw new IllegalArgumentException("a wallet's wishes follow from no events");
        };
        events.forEachOrdered(memory::hear);
        return new CurrentIntent(memory.isPending() ? memory.wish : whenNothingIsPending(role), memory.newest, memory.at);
    }

    /** A rolled-back mint, burning or retirement is under way again without its record saying so: it is not called off. */
    private static Wish whenNothingIsPending(ActionRole role) {
        return switch (role) {
            case Payment, Purchase -> new Wish.Nothing();
            case Registration, PaymentSource, Wallet -> new Wish.AsBefore();
        };
    }

    private abstract static class Memory {

        private Wish wish = new Wish.Nothing();
        private long newest;
        private Instant at;

        private void hear(DomainEventMessage<?> message) {
            newest = message.getSequenceNumber();
            at = message.getTimestamp();
            Wish said = said(message.getPayload(), newest);
            wish = said instanceof Wish.AsBefore ? wish : said;
        }

        abstract Wish said(Object event, long sequenceNumber);

        abstract boolean isPending();
    }

    private static final class OfPayment extends Memory {

        private PaymentState state;

        @Override
        Wish said(Object event, long sequenceNumber) {
            state = PaymentState.evolve(state, (PaymentEvent) event);
            return PaymentIntents.of(state, (PaymentEvent) event, sequenceNumber);
        }

        @Override
        boolean isPending() {
            return state.next().isPending();
        }
    }

    private static final class OfPurchase extends Memory {

        private PurchaseState state;

        @Override
        Wish said(Object event, long sequenceNumber) {
            state = PurchaseState.evolve(state, (PurchaseEvent) event);
            return PurchaseIntents.of(state, (PurchaseEvent) event, sequenceNumber);
        }

        @Override
        boolean isPending() {
            return state.next().isPending();
        }
    }

    private static final class OfRegistration extends Memory {

        private RegistrationState state;

        @Override
        Wish said(Object event, long sequenceNumber) {
            state = RegistrationState.evolve(state, (RegistrationEvent) event);
            return RegistrationIntents.of(state, (RegistrationEvent) event, sequenceNumber);
        }

        @Override
        boolean isPending() {
            return RegistrationIntents.isPending(state);
        }
    }

    private static final class OfPaymentSource extends Memory {

        private List<ReferenceScript> scripts = List.of();

        @Override
        Wish said(Object event, long sequenceNumber) {
            scripts = ReferenceScript.evolve(scripts, (PaymentSourceEvent) event);
            return ReferenceScriptIntents.of((PaymentSourceEvent) event, sequenceNumber);
        }

        @Override
        boolean isPending() {
            return scripts.stream().anyMatch(script -> script.phase().isUnderWay());
        }
    }
}
