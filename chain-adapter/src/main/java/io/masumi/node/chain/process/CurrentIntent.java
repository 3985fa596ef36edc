package io.masumi.node.chain.process;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.axonframework.eventhandling.DomainEventMessage;

import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.Intent;
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
record CurrentIntent(Intent intent, long newest, Instant at) {

    /** Of all events of an aggregate of that kind, in order; at least one. */
    static CurrentIntent of(ActionRole role, Stream<? extends DomainEventMessage<?>> events) {
        Memory memory = switch (role) {
            case Payment -> new OfPayment();
            case Purchase -> new OfPurchase();
            case Registration -> new OfRegistration();
            case PaymentSource -> new OfPaymentSource();
            case Wallet -> throw new IllegalArgumentException("a wallet's intents follow from no events");
        };
        events.forEachOrdered(memory::hear);
        return new CurrentIntent(memory.isPending() ? memory.intent : whenNothingIsPending(role), memory.newest, memory.at);
    }

    /** A rolled-back mint, burning or retirement is under way again without its record saying so: it is not called off. */
    private static Intent whenNothingIsPending(ActionRole role) {
        return switch (role) {
            case Payment, Purchase -> new Intent.Nothing();
            case Registration, PaymentSource, Wallet -> new Intent.AsBefore();
        };
    }

    private abstract static class Memory {

        private Intent intent = new Intent.Nothing();
        private long newest;
        private Instant at;

        private void hear(DomainEventMessage<?> message) {
            newest = message.getSequenceNumber();
            at = message.getTimestamp();
            Intent said = said(message.getPayload(), newest);
            intent = said instanceof Intent.AsBefore ? intent : said;
        }

        abstract Intent said(Object event, long sequenceNumber);

        abstract boolean isPending();
    }

    private static final class OfPayment extends Memory {

        private PaymentState state;

        @Override
        Intent said(Object event, long sequenceNumber) {
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
        Intent said(Object event, long sequenceNumber) {
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
        Intent said(Object event, long sequenceNumber) {
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
        Intent said(Object event, long sequenceNumber) {
            scripts = ReferenceScript.evolve(scripts, (PaymentSourceEvent) event);
            return ReferenceScriptIntents.of((PaymentSourceEvent) event, sequenceNumber);
        }

        @Override
        boolean isPending() {
            return scripts.stream().anyMatch(script -> script.phase().isUnderWay());
        }
    }
}
