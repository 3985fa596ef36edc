package io.masumi.node.chain.action;

import org.axonframework.commandhandling.gateway.CommandGateway;

import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.OutputRef;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationId;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.PaymentSourceCommand;
import io.masumi.node.source.PaymentSourceId;

/** Tells aggregates what became of what they wanted. Telling again changes nothing. */
final class AggregateReports {

    private final CommandGateway commands;

    AggregateReports(CommandGateway commands) {
        this.commands = commands;
    }

    /** @throws io.masumi.node.RejectedException if the aggregate does not want this any more */
    void initiated(PendingAction action, StoredTransaction transaction) {
        switch (action.role()) {
            case Payment -> commands.sendAndWait(new PaymentCommand.RecordActionInitiated(new PaymentId(action.aggregateId()),
                    escrowAction(action), transaction.hash(), transaction.validUntilSlot()));
            case Purchase -> commands.sendAndWait(new PurchaseCommand.RecordActionInitiated(new PurchaseId(action.aggregateId()),
                    escrowAction(action), transaction.wallet(), transaction.hash(), transaction.validUntilSlot()));
            case Registration -> commands.sendAndWait(new RegistrationCommand.RecordTransactionInitiated(
                    new RegistrationId(action.aggregateId()), agentIdentifier(action, transaction), transaction.hash(),
                    transaction.validUntilSlot()));
            // What it wants is shown as under way from the wish on, and cannot be called back.
            case PaymentSource -> {
            }
        }
    }

    /** It came to nothing; an operator must look. */
    void failed(PendingAction action, ErrorType errorType, String note) {
        commands.sendAndWait(switch (action.role()) {
            case Payment ->
                new PaymentCommand.RecordActionFailed(new PaymentId(action.aggregateId()), escrowAction(action), errorType, note);
            case Purchase -> new PurchaseCommand.RecordActionFailed(new PurchaseId(action.aggregateId()), escrowAction(action), errorType,
                    note);
            case Registration -> new RegistrationCommand.RecordTransactionFailed(new RegistrationId(action.aggregateId()), errorType, note);
            case PaymentSource -> new PaymentSourceCommand.RecordReferenceScriptFailed(new PaymentSourceId(action.aggregateId()),
                    script(action), errorType, note);
        });
    }

    /** It waits for something, and is tried again. A payment source shows what it does only when it is done. */
    void delayed(PendingAction action, ErrorType errorType, String note) {
        switch (action.role()) {
            case Payment -> commands.sendAndWait(new PaymentCommand.RecordActionDelayed(new PaymentId(action.aggregateId()),
                    escrowAction(action), errorType, note));
            case Purchase -> commands.sendAndWait(new PurchaseCommand.RecordActionDelayed(new PurchaseId(action.aggregateId()),
                    escrowAction(action), errorType, note));
            case Registration -> commands.sendAndWait(
                    new RegistrationCommand.RecordTransactionDelayed(new RegistrationId(action.aggregateId()), errorType, note));
            case PaymentSource -> {
            }
        }
    }

    /** It is not tried again by itself, whatever else the record is about to do. */
    void requireOperator(PendingAction action, String note) {
        switch (action.role()) {
            case Payment -> commands.sendAndWait(
                    new PaymentCommand.RequireOperator(new PaymentId(action.aggregateId()), ErrorType.Unknown, note));
            case Purchase -> commands.sendAndWait(
                    new PurchaseCommand.RequireOperator(new PurchaseId(action.aggregateId()), ErrorType.Unknown, note));
            case Registration, PaymentSource -> failed(action, ErrorType.Unknown, note);
        }
    }

    /** The transaction is on chain. Escrows hear that from the follower, which sees what it did to them; the others hear it here. */
    void confirmed(PendingAction action, EscrowTransaction transaction) {
        switch (action.role()) {
            case Payment, Purchase -> {
            }
            case Registration -> commands.sendAndWait(
                    new RegistrationCommand.RecordTransactionConfirmed(new RegistrationId(action.aggregateId()), transaction));
            case PaymentSource -> commands.sendAndWait(onSource(action, transaction.hash()));
        }
    }

    private static PaymentSourceCommand onSource(PendingAction action, String transactionHash) {
        PaymentSourceId sourceId = new PaymentSourceId(action.aggregateId());
        return action.action() instanceof WantedAction.RetireReferenceScript retired
                ? new PaymentSourceCommand.RecordReferenceScriptRetired(sourceId, retired.script(), transactionHash)
                : new PaymentSourceCommand.RecordReferenceScriptDeployed(sourceId, script(action), new OutputRef(transactionHash, 0));
    }

    private static ContractScript script(PendingAction action) {
        return switch (action.action()) {
            case WantedAction.DeployReferenceScript deploy -> deploy.script();
            case WantedAction.RetireReferenceScript retire -> retire.script();
            default -> throw new IllegalStateException(action.action().kind() + " is not about a payment source");
        };
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
