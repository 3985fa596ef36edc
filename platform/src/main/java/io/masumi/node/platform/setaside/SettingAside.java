package io.masumi.node.platform.setaside;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.platform.serialization.EventNames;
import io.masumi.node.platform.serialization.UnreadableEvent;

/**
 * What a processing group hands its events to: its components, projections, plain handlers and sagas alike. An event that cannot be
 * read, or that they fail at, is set aside with all later ones of its aggregate, and the group goes on with the others.
 *
 * <p>In whichever segment, an event belongs where its aggregate does, also for sagas, each of which is a fold of one aggregate's events.
 * Left to themselves sagas would be sought in every segment, and belong to one by their own ids: a retry, which knows nothing of segments,
 * would do what another does. So the components see no segment but the root, which holds all.
 *
 * <p>Only where a sequence begins and how far it goes is noted, in the transaction that moves the group's token: the events are for
 * ever, so that they need not be copied. Axon's dead-letter queue copies each, which it can only when it knows the event's class, leaves
 * out sagas, and never hears of what fails at a batch's end.
 *
 * <p>What cannot be read is set aside at once, since nothing was done for it yet. What a component fails at may have changed much, also in
 * memory: the batch is rolled back as a whole, and when it comes again the event is set aside before it is handed out.
 */
final class SettingAside implements EventHandlerInvoker {

    private static final Logger LOG = LoggerFactory.getLogger(SettingAside.class);

    private final String group;
    private final EventHandlerInvoker components;
    private final SetAsideStore store;
    private final EventNames names;
    private final String owner;
    private final Clock clock;
    /** Why events were failed at, by their identifier, until they come again. */
    private final Map<String, Throwable> failed = new ConcurrentHashMap<>();

    SettingAside(String group, EventHandlerInvoker components, SetAsideStore store, EventNames names, String owner, Clock clock) {
        this.group = group;
        this.components = components;
        this.store = store;
        this.names = names;
        this.owner = owner;
        this.clock = clock;
    }

    @Override
    public boolean canHandle(EventMessage<?> event, Segment segment) {
        return segment.matches(sequence(event))
                && (isUnreadable(event) ? mightHandle(event) : components.canHandle(event, Segment.ROOT_SEGMENT));
    }

    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return payloadType == UnreadableEvent.class || components.canHandleType(payloadType);
    }

    /** If it were readable: whoever handles other events of its subject, and everybody if nobody knows the subject. */
    private boolean mightHandle(EventMessage<?> event) {
        Set<Class<?>> known = names.ofSubjectOf(name(event));
        return known.isEmpty() || known.stream().anyMatch(type -> components.canHandle(asIf(event, type), Segment.ROOT_SEGMENT));
    }

    /** Sagas say what they handle only of an event, not of a class. */
    private static <P> EventMessage<P> asIf(EventMessage<?> event, Class<P> type) {
        GenericMessage<P> message = new GenericMessage<>(type, null, event.getMetaData());
        return event instanceof DomainEventMessage<?> ofAggregate
                ? new GenericDomainEventMessage<>(ofAggregate.getType(), ofAggregate.getAggregateIdentifier(),
                        ofAggregate.getSequenceNumber(),
                        message, event::getTimestamp)
                : new GenericEventMessage<>(message, event::getTimestamp);
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) throws Exception {
        Batch batch = batch(segment);
        if (wasHandledBeforeMerge(event, segment) || batch.waits(event)) {
            return;
        }
        Optional<Throwable> reason = Optional.<Throwable>ofNullable(failed.get(event.getIdentifier())).or(() -> whyUnreadable(event));
        if (reason.isPresent()) {
            batch.setAside(event, reason.get());
            return;
        }
        try {
            components.handle(event, Segment.ROOT_SEGMENT);
        } catch (Exception e) {
            if (FaultyEvent.isReasonFor(e)) {
                failed.put(event.getIdentifier(), e);
            }
            throw e;
        }
    }

    /**
     * Of two segments that were merged one may have been ahead. Pooled processors read again from where the other was, and leave it to
     * nobody to see which half an event is news to.
     */
    private static boolean wasHandledBeforeMerge(EventMessage<?> event, Segment segment) {
        return event instanceof TrackedEventMessage<?> tracked && !isNews(tracked.trackingToken(), segment, sequence(event));
    }

    private static boolean isNews(TrackingToken token, Segment segment, String sequence) {
        return WrappedToken.unwrap(token, MergedTrackingToken.class).map(merged -> {
            Segment[] halves = segment.split();
            return halves[0].matches(sequence)
                    ? merged.isLowerSegmentAdvanced() && isNews(merged.lowerSegmentToken(), halves[0], sequence)
                    : merged.isUpperSegmentAdvanced() && isNews(merged.upperSegmentToken(), halves[1], sequence);
        }).orElse(true);
    }

    /** Hands it out whatever is set aside. */
    void handleAnyway(EventMessage<?> event) throws Exception {
        if (components.canHandle(event, Segment.ROOT_SEGMENT)) {
            components.handle(event, Segment.ROOT_SEGMENT);
        }
    }

    private static Optional<RuntimeException> whyUnreadable(EventMessage<?> event) {
        try {
            return event.getPayload() instanceof UnreadableEvent unreadable
                    ? Optional.of(new SerializationException(unreadable.reason()))
                    : Optional.empty();
        } catch (SerializationException e) {
            return Optional.of(e);
        }
    }

    @Override
    public boolean supportsReset() {
        return components.supportsReset();
    }

    @Override
    public void performReset() {
        forget();
        components.performReset();
    }

    @Override
    public <R> void performReset(R context) {
        forget();
        components.performReset(context);
    }

    /** All events come again from the first on. */
    private void forget() {
        store.removeAll(group);
        failed.clear();
    }

    @Override
    public void segmentReleased(Segment segment) {
        components.segmentReleased(segment);
    }

    private Batch batch(Segment segment) {
        UnitOfWork<?> work = CurrentUnitOfWork.get().root();
        return work.getOrComputeResource(EventFailures.class.getName(),
                _ -> new Batch(work, new HashSet<>(store.sequences(group, segment.getSegmentId(), owner).orElseThrow(
                        () -> new UnableToClaimTokenException(segment + " of " + group + " has become another process's")))));
    }

    /** The events of one transaction. What is set aside is known from before; of the sequences of this segment only this batch adds to it. */
    private final class Batch implements EventFailures {

        private final UnitOfWork<?> work;
        private final Set<String> sequences;

        private Batch(UnitOfWork<?> work, Set<String> sequences) {
            this.work = work;
            this.sequences = sequences;
        }

        private boolean waits(EventMessage<?> event) {
            return sequences.contains(sequence(event)) && store.waits(group, sequence(event), number(event));
        }

        @Override
        public void setAside(EventMessage<?> event, RuntimeException failure) {
            if (!FaultyEvent.isReasonFor(failure)) {
                throw failure;
            }
            setAside(event, (Throwable) failure);
        }

        private void setAside(EventMessage<?> event, Throwable reason) {
            Instant now = clock.instant();
            SetAside it = new SetAside(group, sequence(event), number(event), number(event), name(event), index(event),
                    SetAsideRetries.inWords(reason),
                    now, 0, now.plus(SetAsideRetries.FIRST_PAUSE));
            store.add(it);
            if (sequences.add(it.sequence())) {
                work.afterCommit(_ -> LOG.warn("{} sets aside the events of {} from number {} on, {} at {} of the event store: {}", group,
                        it.sequence(), it.firstNumber(), it.eventName(), it.eventIndex(), it.reason()));
            }
            work.afterCommit(_ -> failed.remove(event.getIdentifier()));
        }
    }

    private String name(EventMessage<?> event) {
        return isUnreadable(event) ? ((UnreadableEvent) event.getPayload()).name() : names.nameOf(event.getPayloadType());
    }

    private static boolean isUnreadable(EventMessage<?> event) {
        return event.getPayloadType() == UnreadableEvent.class;
    }

    private static String sequence(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> ofAggregate ? ofAggregate.getAggregateIdentifier() : event.getIdentifier();
    }

    private static long number(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> ofAggregate ? ofAggregate.getSequenceNumber() : 0;
    }

    private static long index(EventMessage<?> event) {
        return event instanceof TrackedEventMessage<?> tracked ? tracked.trackingToken().position().orElse(-1) : -1;
    }
}
