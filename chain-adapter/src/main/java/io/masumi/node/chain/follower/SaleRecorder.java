package io.masumi.node.chain.follower;

import java.util.ArrayList;
import java.util.List;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import io.masumi.node.RejectedException;
import io.masumi.node.Rejection;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseId;

/** Records observations on the payment and the purchase with the same identifier, if the node has them. Doing it again changes nothing. */
final class SaleRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(SaleRecorder.class);

    private final CommandGateway commands;

    SaleRecorder(CommandGateway commands) {
        this.commands = commands;
    }

    /** @return ids of the aggregates that took note; most escrows on chain are other nodes' and have none here */
    List<String> record(Observation observation) {
        PaymentId payment = PaymentId.of(observation.identifier());
        PurchaseId purchase = PurchaseId.of(observation.identifier());
        List<String> recordedOn = new ArrayList<>();
        switch (observation) {
            case Observation.Locked seen -> {
                send(new PaymentCommand.RecordLock(payment, seen.lock()), payment.value(), recordedOn);
                send(new PurchaseCommand.RecordLock(purchase, seen.lock()), purchase.value(), recordedOn);
            }
            case Observation.Moved seen -> {
                send(new PaymentCommand.RecordTransition(payment, seen.transition()), payment.value(), recordedOn);
                send(new PurchaseCommand.RecordTransition(purchase, seen.transition()), purchase.value(), recordedOn);
            }
        }
        return recordedOn;
    }

    private void send(Object command, String id, List<String> recordedOn) {
        try (var _ = MDC.putCloseable("sale", id)) {
            commands.sendAndWait(command);
            recordedOn.add(id);
            LOG.info("{}", told(command));
        } catch (AggregateNotFoundException e) {
            LOG.trace("no record {}", id, e);
        } catch (RejectedException e) {
            if (e.rejection().kind() != Rejection.Kind.NOT_FOUND) {
                LOG.warn("{} was refused: {}", command.getClass().getSimpleName(), e.getMessage());
            }
        }
    }

    private static String told(Object command) {
        return switch (command) {
            case PaymentCommand.RecordLock c -> "chain shows a lock in " + c.observation().transaction().hash();
            case PurchaseCommand.RecordLock c -> "chain shows a lock in " + c.observation().transaction().hash();
            case PaymentCommand.RecordTransition c -> "chain shows " + c.observation().action() + " in "
                    + c.observation().transaction().hash();
            case PurchaseCommand.RecordTransition c -> "chain shows " + c.observation().action() + " in "
                    + c.observation().transaction().hash();
            default -> command.getClass().getSimpleName();
        };
    }
}
