package io.masumi.node.chain.process;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.ChainActions;
import io.masumi.node.chain.outbox.ChainActions.Owner;
import io.masumi.node.query.registry.RegistryQuery.ListPendingRegistrations;
import io.masumi.node.query.sale.SaleKind;
import io.masumi.node.query.sale.SaleQuery.ListPendingSales;
import io.masumi.node.query.source.PaymentSourceQuery.ListPaymentSources;
import io.masumi.node.query.source.PaymentSourceView;

/**
 * Finds records that wait for an action which nobody is about to do, and actions which their record does not want, and mends
 * them. Sagas see to it that there are none; this is for what nobody foresaw, such as a table that was restored or edited.
 */
final class IntentSweep {

    private static final Logger LOG = LoggerFactory.getLogger(IntentSweep.class);

    private static final int PAGE = 100;

    private final QueryGateway queries;
    private final EventStore events;
    private final ChainActions actions;
    private final SilentSagas sagas;
    private final TransactionTemplate inTransaction;
    private final SweepSettings settings;
    private final Clock clock;

    IntentSweep(QueryGateway queries, EventStore events, ChainActions actions, SilentSagas sagas, TransactionTemplate inTransaction,
            SweepSettings settings, Clock clock) {
        this.queries = queries;
        this.events = events;
        this.actions = actions;
        this.sagas = sagas;
        this.inTransaction = inTransaction;
        this.settings = settings;
        this.clock = clock;
    }

    /** Looks once at all of them. */
    void sweep() {
        Instant before = clock.instant().minus(settings.after());
        lookAt(ActionRole.Payment, last -> ids(new ListPendingSales(SaleKind.Payment, before, last, PAGE)));
        lookAt(ActionRole.Purchase, last -> ids(new ListPendingSales(SaleKind.Purchase, before, last, PAGE)));
        lookAt(ActionRole.Registration, last -> ids(new ListPendingRegistrations(before, last, PAGE)));
        lookAt(ActionRole.PaymentSource, this::sources);
        List<Owner> live = actions.live(before, null, PAGE);
        while (!live.isEmpty()) {
            live.forEach(this::mend);
            live = actions.live(before, live.getLast(), PAGE);
        }
    }

    private void lookAt(ActionRole role, Function<String, List<String>> page) {
        List<String> ids = page.apply(null);
        while (!ids.isEmpty()) {
            ids.forEach(id -> mend(new Owner(role, id)));
            ids = page.apply(ids.getLast());
        }
    }

    /** What cannot be looked at must not keep us from the others. */
    private void mend(Owner owner) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("sale", owner.aggregateId())) {
            CurrentIntent now = CurrentIntent.of(owner.role(), events.readEvents(owner.aggregateId()).asStream());
            if (now.at().isAfter(clock.instant().minus(settings.after()))) {
                return;
            }
            if (!actions.hasHeard(owner, now.newest())) {
                sagas.makeAnew(owner);
                return;
            }
            Optional.ofNullable(inTransaction.execute(_ -> actions.mend(owner, now.newest(), now.intent())))
                    .ifPresent(what -> LOG.warn("{} {}: {}; mended", owner.role(), owner.aggregateId(), what));
        } catch (RuntimeException e) {
            LOG.warn("{} {} cannot be compared with its chain actions", owner.role(), owner.aggregateId(), e);
        }
    }

    private List<String> ids(Object query) {
        return queries.query(query, ResponseTypes.multipleInstancesOf(String.class)).join();
    }

    /** All of them: they are few. */
    private List<String> sources(String last) {
        List<PaymentSourceView> page = queries
                .query(new ListPaymentSources(PAGE, last), ResponseTypes.multipleInstancesOf(PaymentSourceView.class)).join();
        return page.stream().map(source -> source.id().value()).filter(id -> !id.equals(last)).toList();
    }
}
