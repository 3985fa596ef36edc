package io.masumi.node.chain.outbox;

import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.provider.Inclusion;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.Party;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationId;
import io.masumi.node.registry.RegistrationStep;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.PaymentSourceCommand;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.source.ReferenceScriptStep;
import io.masumi.node.source.SourceTransaction;
import io.masumi.node.wallet.HotWalletCommand;
import io.masumi.node.wallet.HotWalletId;

/** Tells aggregates what became of what they wanted. Telling again changes nothing. */
final class AggregateReports {

    private final RecordCommands commands;

    AggregateReports(RecordCommands commands) {
        this.commands = commands;
    }

    /** @throws io.masumi.node.RejectedException if the aggregate does not want this */
    void initiated(PendingAction action, StoredTransaction transaction) {
        switch (action.role()) {
            case Payment -> tell(action, new PaymentCommand.RecordActionInitiated(new PaymentId(action.aggregateId()),
                    escrowAction(action), transaction.hash(), transaction.validUntilSlot()));
            case Purchase -> tell(action, new PurchaseCommand.RecordActionInitiated(new PurchaseId(action.aggregateId()),
                    escrowAction(action), transaction.wallet(), transaction.hash(), transaction.validUntilSlot()));
            case Registration -> tell(action, new RegistrationCommand.RecordTransactionInitiated(
                    new RegistrationId(action.aggregateId()), agentIdentifier(action, transaction), transaction.hash(),
                    transaction.validUntilSlot(), transaction.wallet()));
            // What these want is shown as under way from the request on, and cannot be called back.
            case PaymentSource, Wallet -> {
            }
        }
    }

    /** It came to nothing; an operator must look. */
    void failed(PendingAction action, ErrorType errorType, String note) {
        switch (action.role()) {
            case Payment -> tell(action,
                    new PaymentCommand.RecordActionFailed(new PaymentId(action.aggregateId()), escrowAction(action), errorType, note));
            case Purchase -> tell(action,
                    new PurchaseCommand.RecordActionFailed(new PurchaseId(action.aggregateId()), escrowAction(action), errorType, note));
            case Registration ->
                tell(action, new RegistrationCommand.RecordTransactionFailed(new RegistrationId(action.aggregateId()), errorType, note));
            case PaymentSource -> tell(action, new PaymentSourceCommand.RecordReferenceScriptFailed(
                    new PaymentSourceId(action.aggregateId()), script(action.action()), errorType, note));
            // Nobody waits for it: whatever needs it wants it anew.
            case Wallet -> {
            }
        }
    }

    /** A transaction for it was given up. Every record takes note of that, whatever it is about. */
    void givenUp(GivenUpReport report) {
        String id = report.aggregateId();
        commands.send(report.role(), id, switch (report.role()) {
            case Payment -> new PaymentCommand.RecordTransactionGivenUp(new PaymentId(id), escrowAction(report.action()),
                    report.transaction());
            case Purchase -> new PurchaseCommand.RecordTransactionGivenUp(new PurchaseId(id), escrowAction(report.action()),
                    report.transaction());
            case Registration -> new RegistrationCommand.RecordTransactionGivenUp(new RegistrationId(id),
                    report.action() instanceof ChainAction.DeregisterAgent
                            ? RegistrationStep.Deregistration
                            : RegistrationStep.Registration,
                    report.transaction());
            case PaymentSource -> new PaymentSourceCommand.RecordTransactionGivenUp(new PaymentSourceId(id), script(report.action()),
                    report.action() instanceof ChainAction.RetireReferenceScript
                            ? ReferenceScriptStep.Retirement
                            : ReferenceScriptStep.Deployment,
                    report.transaction());
            case Wallet -> new HotWalletCommand.RecordTransactionGivenUp(new HotWalletId(id), merge(report.action()).purpose(),
                    report.transaction());
        });
    }

    /** It waits for something, and is tried again. Payment sources and wallets show what they do only when it is done. */
    void delayed(PendingAction action, ErrorType errorType, String note) {
        switch (action.role()) {
            case Payment -> tell(action, new PaymentCommand.RecordActionDelayed(new PaymentId(action.aggregateId()),
                    escrowAction(action), errorType, note));
            case Purchase -> tell(action, new PurchaseCommand.RecordActionDelayed(new PurchaseId(action.aggregateId()),
                    escrowAction(action), errorType, note));
            case Registration ->
                tell(action, new RegistrationCommand.RecordTransactionDelayed(new RegistrationId(action.aggregateId()), errorType, note));
            case PaymentSource, Wallet -> {
            }
        }
    }

    /** It is not tried again by itself, whatever else the record is about to do. */
    void requireOperator(PendingAction action, String note) {
        switch (action.role()) {
            case Payment -> tell(action, new PaymentCommand.RequireOperator(new PaymentId(action.aggregateId()), ErrorType.Unknown, note));
            case Purchase ->
                tell(action, new PurchaseCommand.RequireOperator(new PurchaseId(action.aggregateId()), ErrorType.Unknown, note));
            case Registration, PaymentSource, Wallet -> failed(action, ErrorType.Unknown, note);
        }
    }

    /** The transaction is on chain. Escrows hear that from the follower, which sees what it did to them; the others hear it here. */
    void confirmed(PendingAction action, StoredTransaction transaction, Inclusion found) {
        switch (action.role()) {
            case Payment, Purchase -> {
            }
            case Registration -> tell(action, new RegistrationCommand.RecordTransactionConfirmed(
                    new RegistrationId(action.aggregateId()),
                    new EscrowTransaction(transaction.hash(), found.at(), found.feeLovelace(), Party.Seller)));
            case PaymentSource -> tell(action, onSource(action,
                    new SourceTransaction(transaction.hash(), found.at(), found.feeLovelace(), transaction.wallet())));
            case Wallet -> tell(action, new HotWalletCommand.RecordOutputsMerged(new HotWalletId(action.aggregateId()),
                    merge(action.action()).purpose(), transaction.hash(), found.at(), found.feeLovelace(),
                    merge(action.action()).requester()));
        }
    }

    private void tell(PendingAction action, Object command) {
        commands.send(action.role(), action.aggregateId(), command);
    }

    private static PaymentSourceCommand onSource(PendingAction action, SourceTransaction transaction) {
        PaymentSourceId sourceId = new PaymentSourceId(action.aggregateId());
        return action.action() instanceof ChainAction.RetireReferenceScript retired
                ? new PaymentSourceCommand.RecordReferenceScriptRetired(sourceId, retired.script(), retired.output(), transaction)
                : new PaymentSourceCommand.RecordReferenceScriptDeployed(sourceId, script(action.action()),
                        new OutputRef(transaction.hash(), 0), transaction);
    }

    private static ChainAction.MergeOutputs merge(ChainAction action) {
        if (action instanceof ChainAction.MergeOutputs merge) {
            return merge;
        }
        throw new IllegalStateException(action.kind() + " is not about a wallet");
    }

    private static ContractScript script(ChainAction action) {
        return switch (action) {
            case ChainAction.DeployReferenceScript deploy -> deploy.script();
            case ChainAction.RetireReferenceScript retire -> retire.script();
            default -> throw new IllegalStateException(action.kind() + " is not about a payment source");
        };
    }

    private static EscrowAction escrowAction(PendingAction action) {
        return escrowAction(action.action());
    }

    private static EscrowAction escrowAction(ChainAction action) {
        return action.escrowAction().orElseThrow();
    }

    private static String agentIdentifier(PendingAction action, StoredTransaction transaction) {
        return action.action() instanceof ChainAction.DeregisterAgent deregister
                ? deregister.agentIdentifier()
                : transaction.agentIdentifier();
    }
}
