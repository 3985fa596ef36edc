package io.masumi.node.chain.follower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.axonframework.modelling.command.AggregateNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.RecordCommands;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationId;

/** Records observations on the payment and the purchase with the same identifier, if the node has them. Doing it again changes nothing. */
final class SaleRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(SaleRecorder.class);

    private final RecordCommands commands;

    SaleRecorder(RecordCommands commands) {
        this.commands = commands;
    }

    /**
     * Most escrows on chain are other nodes', and are recorded nowhere here.
     *
     * @param waiting aggregates on which something earlier could not be recorded: this comes after it
     * @return why it could not be recorded, by the aggregates' ids
     */
    Map<String, String> record(Observation observation, Set<String> waiting) {
        Map<String, String> notRecorded = new LinkedHashMap<>();
        commands(observation).forEach((id, told) -> {
            if (waiting.contains(id)) {
                notRecorded.put(id, "an earlier transaction could not be recorded");
                return;
            }
            Isolated.runWhateverProvider(() -> send(told), e -> {
                LOG.error("{} of {} failed and is tried again later", told.command().getClass().getSimpleName(), id, e);
                notRecorded.put(id, "the node failed at it: " + e);
            });
        });
        return notRecorded;
    }

    /**
     * Records an observation again that failed before, if it is about that aggregate.
     *
     * @throws RuntimeException if the node fails at it again
     */
    void retry(Observation observation, String aggregateId) {
        Optional.ofNullable(commands(observation).get(aggregateId)).ifPresent(this::send);
    }

    /** @param said what it is told, in words for the log */
    private record Told(ActionRole role, String id, Object command, String said) {}

    /** What to tell whom, by aggregate: the payment first. */
    private static Map<String, Told> commands(Observation observation) {
        PaymentId payment = PaymentId.of(observation.identifier());
        PurchaseId purchase = PurchaseId.of(observation.identifier());
        List<Told> both = switch (observation) {
            case Observation.Locked(_, LockObservation lock) -> both(payment, new PaymentCommand.RecordLock(payment, lock), purchase,
                    new PurchaseCommand.RecordLock(purchase, lock), "chain shows a lock in " + lock.transaction().hash());
            case Observation.Moved(_, TransitionObservation moved) -> both(payment, new PaymentCommand.RecordTransition(payment, moved),
                    purchase, new PurchaseCommand.RecordTransition(purchase, moved),
                    "chain shows " + moved.action() + " in " + moved.transaction().hash());
        };
        Map<String, Told> commands = new LinkedHashMap<>();
        both.forEach(each -> commands.put(each.id(), each));
        return commands;
    }

    private static List<Told> both(PaymentId payment, PaymentCommand first, PurchaseId purchase, PurchaseCommand second, String said) {
        return List.of(new Told(ActionRole.Payment, payment.value(), first, said),
                new Told(ActionRole.Purchase, purchase.value(), second, said));
    }

    /**
     * What they recorded from blocks above this one is not so any more.
     *
     * @param registrations ids of those whose minting or burning was confirmed there
     * @return why that could not be recorded, by record
     */
    Map<RolledBackRecord, String> undo(SaleRecords records, List<String> registrations, ChainPoint backTo) {
        Map<RolledBackRecord, String> notRecorded = new LinkedHashMap<>();
        Stream.of(records.payments().stream().map(id -> new RolledBackRecord(ActionRole.Payment, id, backTo)),
                records.purchases().stream().map(id -> new RolledBackRecord(ActionRole.Purchase, id, backTo)),
                registrations.stream().map(id -> new RolledBackRecord(ActionRole.Registration, id, backTo)))
                .flatMap(Function.identity()).forEach(record -> Isolated.runWhateverProvider(() -> undo(record), e -> {
                    LOG.error("{} cannot be told of a rollback, which is tried again later", record.id(), e);
                    notRecorded.put(record, "the node failed at it: " + e);
                }));
        return notRecorded;
    }

    /** @throws RuntimeException if the node fails at it */
    void undo(RolledBackRecord record) {
        send(new Told(record.role(), record.id(), switch (record.role()) {
            case Payment -> new PaymentCommand.UndoFacts(new PaymentId(record.id()), record.backTo());
            case Purchase -> new PurchaseCommand.UndoFacts(new PurchaseId(record.id()), record.backTo());
            case Registration -> new RegistrationCommand.UndoConfirmation(new RegistrationId(record.id()), record.backTo());
            case PaymentSource, Wallet -> throw new IllegalArgumentException(record.role() + " has nothing to undo");
        }, "the chain goes on after block " + record.backTo().blockHash() + " at height " + record.backTo().blockHeight()
                + ": what was recorded from later blocks is undone"));
    }

    /**
     * Only an operator can know how these go on.
     *
     * @throws RuntimeException if some could not be told, when all were tried
     */
    void requireOperator(SaleRecords records, String note) {
        List<Told> all = Stream.concat(
                records.payments().stream().map(id -> new Told(ActionRole.Payment, id,
                        new PaymentCommand.RequireOperator(new PaymentId(id), ErrorType.NetworkError, note), note)),
                records.purchases().stream().map(id -> new Told(ActionRole.Purchase, id,
                        new PurchaseCommand.RequireOperator(new PurchaseId(id), ErrorType.NetworkError, note), note)))
                .toList();
        List<Throwable> failures = new ArrayList<>();
        all.forEach(each -> Isolated.runWhateverProvider(() -> send(each), failures::add));
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.size() + " records could not be told, such as: " + failures.getFirst(),
                    failures.getFirst());
        }
    }

    /** That there is no such record means that it is somebody else's; that it refuses or fails means nothing. */
    private void send(Told told) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("sale", told.id())) {
            commands.send(told.role(), told.id(), told.command());
            LOG.info("{}", told.said());
        } catch (AggregateNotFoundException e) {
            LOG.trace("no record {}", told.id(), e);
        }
    }
}
