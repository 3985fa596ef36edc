package io.masumi.node.chain.action;

import org.axonframework.commandhandling.gateway.CommandGateway;

import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationId;

/** Tells aggregates what became of what they wanted. Telling again changes nothing. */
final class AggregateReports {

    private final CommandGateway commands;

    AggregateReports(CommandGateway commands) {
        this.commands = commands;
    }

    /** @throws io.masumi.node.RejectedException if the aggregate does not want this any more */
    void initiated(PendingAction action, StoredTransaction transaction) {
        commands.sendAndWait(switch (action.role()) {
            case Payment -> new PaymentCommand.RecordActionInitiated(new PaymentId(action.aggregateId()), escrowAction(action),
                    transaction.hash(), transaction.validUntilSlot());
            case Purchase -> new PurchaseCommand.RecordActionInitiated(new PurchaseId(action.aggregateId()), escrowAction(action),
                    transaction.wallet(), transaction.hash(), transaction.validUntilSlot());
            case Registration -> new RegistrationCommand.RecordTransactionInitiated(new RegistrationId(action.aggregateId()),
                    agentIdentifier(action, transaction), transaction.hash(), transaction.validUntilSlot());
        });
    }

    /** It came to nothing; an operator must look. */
    void failed(PendingAction action, ErrorType errorType, String note) {
        commands.sendAndWait(switch (action.role()) {
            case Payment ->
                new PaymentCommand.RecordActionFailed(new PaymentId(action.aggregateId()), escrowAction(action), errorType, note);
            case Purchase -> new PurchaseCommand.RecordActionFailed(new PurchaseId(action.aggregateId()), escrowAction(action), errorType,
                    note);
            case Registration -> new RegistrationCommand.RecordTransactionFailed(new RegistrationId(action.aggregateId()), errorType, note);
        });
    }

    /** The transaction is on chain. Escrows hear that from the follower, which sees what it did to them; registrations hear it here. */
    void confirmed(PendingAction action, EscrowTransaction transaction) {
        if (action.role() == ActionRole.Registration) {
            commands.sendAndWait(
                    new RegistrationCommand.RecordTransactionConfirmed(new RegistrationId(action.aggregateId()), transaction));
        }
    }

    private static EscrowAction escrowAction(PendingAction action) {
        return action.action().escrowAction().orElseThrow();
    }

    private static String agentIdentifier(PendingAction action, StoredTransaction transaction) {
        return action.action() instanceof WantedAction.DeregisterAgent deregister
                ? deregister.agentIdentifier()
                : transaction.agentIdentifier();
    }
}
