package io.masumi.node.chain.follower;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import io.masumi.node.RejectedException;
import io.masumi.node.Rejection;
import io.masumi.node.chain.action.ActionRole;
import io.masumi.node.chain.loop.LoopEnd;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationId;

/** Records observations on the payment and the purchase with the same identifier, if the node has them. Doing it again changes nothing. */
final class SaleRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(SaleRecorder.class);

    private final CommandGateway commands;

    SaleRecorder(CommandGateway commands) {
        this.commands = commands;
    }

    /**
     * Most escrows on chain are other nodes', and nobody takes note of them here.
     *
     * @param waiting aggregates that could not take note of something earlier: this comes after it
     * @return why aggregates could not take note, by their ids
     */
    Map<String, String> record(Observation observation, Set<String> waiting) {
        Map<String, String> heldBack = new LinkedHashMap<>();
        commands(observation).forEach((id, command) -> {
            if (waiting.contains(id)) {
                heldBack.put(id, "an earlier transaction could not be recorded");
                return;
            }
            try {
                send(command, id);
            } catch (NoHandlerForCommandException e) {
                // Whoever takes them is not up: that is about all aggregates.
                throw e;
            } catch (RuntimeException e) {
                if (LoopEnd.isBehind(e)) {
                    throw e;
                }
                LOG.error("{} of {} failed and is held back", command.getClass().getSimpleName(), id, e);
                heldBack.put(id, "the node failed at it: " + e);
            }
        });
        return heldBack;
    }

    /**
     * Records an observation that was held back, if it is about that aggregate.
     *
     * @throws RuntimeException if the node fails at it again
     */
    void recordHeldBack(Observation observation, String aggregateId) {
        Optional.ofNullable(commands(observation).get(aggregateId)).ifPresent(command -> send(command, aggregateId));
    }

    /** What to tell whom, by aggregate: the payment first. */
    private static Map<String, Object> commands(Observation observation) {
        PaymentId payment = PaymentId.of(observation.identifier());
        PurchaseId purchase = PurchaseId.of(observation.identifier());
        Map<String, Object> commands = new LinkedHashMap<>();
        switch (observation) {
            case Observation.Locked seen -> {
                commands.put(payment.value(), new PaymentCommand.RecordLock(payment, seen.lock()));
                commands.put(purchase.value(), new PurchaseCommand.RecordLock(purchase, seen.lock()));
            }
            case Observation.Moved seen -> {
                commands.put(payment.value(), new PaymentCommand.RecordTransition(payment, seen.transition()));
                commands.put(purchase.value(), new PurchaseCommand.RecordTransition(purchase, seen.transition()));
            }
        }
        return commands;
    }

    /**
     * What they recorded from blocks above this one is not so any more.
     *
     * @return why records could not take note of that
     */
    Map<Undoing, String> undo(SaleRecords records, ChainPoint backTo) {
        Map<Undoing, String> heldBack = new LinkedHashMap<>();
        Stream.concat(records.payments().stream().map(id -> new Undoing(ActionRole.Payment, id, backTo)),
                records.purchases().stream().map(id -> new Undoing(ActionRole.Purchase, id, backTo))).forEach(undoing -> {
                    try {
                        undo(undoing);
                    } catch (NoHandlerForCommandException e) {
                        // Whoever takes them is not up: that is about all aggregates.
                        throw e;
                    } catch (RuntimeException e) {
                        if (LoopEnd.isBehind(e)) {
                            throw e;
                        }
                        LOG.error("{} cannot be told of a rollback, which is held back", undoing.id(), e);
                        heldBack.put(undoing, "the node failed at it: " + e);
                    }
                });
        return heldBack;
    }

    /** @throws RuntimeException if the node fails at it */
    void undo(Undoing undoing) {
        send(switch (undoing.role()) {
            case Payment -> new PaymentCommand.UndoFacts(new PaymentId(undoing.id()), undoing.backTo());
            case Purchase -> new PurchaseCommand.UndoFacts(new PurchaseId(undoing.id()), undoing.backTo());
            case Registration, PaymentSource, Wallet -> throw new IllegalArgumentException(undoing.role() + " has no facts of an escrow");
        }, undoing.id());
    }

    /** The confirmation of a minting or burning in a block above this one is not so any more. @param ids of registrations */
    void undoConfirmations(List<String> ids, ChainPoint backTo) {
        ids.forEach(id -> send(new RegistrationCommand.UndoConfirmation(new RegistrationId(id), backTo), id));
    }

    /** Only an operator can know how these go on. */
    void requireOperator(SaleRecords records, String note) {
        records.payments().forEach(id -> send(new PaymentCommand.RequireOperator(new PaymentId(id), ErrorType.NetworkError, note), id));
        records.purchases().forEach(id -> send(new PurchaseCommand.RequireOperator(new PurchaseId(id), ErrorType.NetworkError, note), id));
    }

    private void send(Object command, String id) {
        try (var _ = MDC.putCloseable("sale", id)) {
            commands.sendAndWait(command);
            LOG.info("{}", told(command));
        } catch (AggregateNotFoundException e) {
            LOG.trace("no record {}", id, e);
        } catch (RejectedException e) {
            if (e.rejection().kind() != Rejection.Kind.NOT_FOUND) {
                LOG.warn("{} was refused: {}", command.getClass().getSimpleName(), e.getMessage());
            }
        }
    }

    private static String undone(ChainPoint backTo) {
        return "the chain goes on after block " + backTo.blockHash() + " at height " + backTo.blockHeight()
                + ": what was recorded from later blocks is undone";
    }

    private static String told(Object command) {
        return switch (command) {
            case PaymentCommand.RecordLock c -> "chain shows a lock in " + c.observation().transaction().hash();
            case PurchaseCommand.RecordLock c -> "chain shows a lock in " + c.observation().transaction().hash();
            case PaymentCommand.RecordTransition c -> "chain shows " + c.observation().action() + " in "
                    + c.observation().transaction().hash();
            case PurchaseCommand.RecordTransition c -> "chain shows " + c.observation().action() + " in "
                    + c.observation().transaction().hash();
            case PaymentCommand.UndoFacts c -> undone(c.backTo());
            case PurchaseCommand.UndoFacts c -> undone(c.backTo());
            case RegistrationCommand.UndoConfirmation c -> undone(c.backTo());
            default -> command.getClass().getSimpleName();
        };
    }
}
