package io.masumi.node.chain.outbox;

import io.masumi.node.cardano.OutputRef;
import io.masumi.node.chain.cardano.provider.Inclusion;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.loop.LoopEnd;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowTransaction;
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
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells records what became of what they wanted. Telling again changes nothing. That a record could not be told is noted with its action,
 * and shows in /health until it could.
 */
final class AggregateReports {

    private final RecordCommands commands;
    private final ActionStore actions;

    AggregateReports(RecordCommands commands, ActionStore actions) {
        this.commands = commands;
        this.actions = actions;
    }

    /** @throws io.masumi.node.RejectedException if the record does not want this */
    void initiated(PendingAction action, StoredTransaction transaction) {
        String id = action.aggregateId();
        tell(action, () -> switch (action.role()) {
            case Payment -> Optional.of(new PaymentCommand.RecordActionInitiated(new PaymentId(id), escrowAction(action.action()),
                    transaction.hash(), transaction.validUntilSlot()));
            case Purchase -> Optional.of(new PurchaseCommand.RecordActionInitiated(new PurchaseId(id), escrowAction(action.action()),
                    transaction.wallet(), transaction.hash(), transaction.validUntilSlot()));
            case Registration -> Optional.of(new RegistrationCommand.RecordTransactionInitiated(new RegistrationId(id),
                    agentIdentifier(action, transaction), transaction.hash(), transaction.validUntilSlot(), transaction.wallet()));
            // What these want is shown as under way from the request on, and cannot be called back.
            case PaymentSource, Wallet -> Optional.empty();
        });
    }

    /** It is not done; an operator must look. */
    void failed(PendingAction action, ErrorType errorType, String note) {
        tell(action, () -> failure(action, errorType, note));
    }

    /**
     * What it wants cannot even be read. A payment source's is found by the sweep and written anew, and what needs a wallet's wants it anew.
     *
     * @throws IllegalArgumentException if the row does not say either what it is about
     */
    void unreadable(UnreadableAction action, String note) {
        String id = action.aggregateId();
        ActionRole role = ActionRole.valueOf(action.role());
        switch (role) {
            case Payment -> commands.send(role, id, new PaymentCommand.RecordActionFailed(new PaymentId(id),
                    EscrowAction.valueOf(action.kind()), ErrorType.Unknown, note));
            case Purchase -> commands.send(role, id, new PurchaseCommand.RecordActionFailed(new PurchaseId(id),
                    EscrowAction.valueOf(action.kind()), ErrorType.Unknown, note));
            case Registration -> commands.send(role, id,
                    new RegistrationCommand.RecordTransactionFailed(new RegistrationId(id), ErrorType.Unknown, note));
            case PaymentSource, Wallet -> {
            }
        }
    }

    /** A transaction for it was given up. Every record hears of that, whatever it is about. */
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
        String id = action.aggregateId();
        tell(action, () -> switch (action.role()) {
            case Payment -> Optional.of(new PaymentCommand.RecordActionDelayed(new PaymentId(id), escrowAction(action.action()), errorType,
                    note));
            case Purchase -> Optional.of(new PurchaseCommand.RecordActionDelayed(new PurchaseId(id), escrowAction(action.action()),
                    errorType, note));
            case Registration -> Optional.of(new RegistrationCommand.RecordTransactionDelayed(new RegistrationId(id), errorType, note));
            case PaymentSource, Wallet -> Optional.empty();
        });
    }

    /** It is not tried again by itself, whatever else the record is about to do. */
    void requireOperator(PendingAction action, String note) {
        String id = action.aggregateId();
        tell(action, () -> switch (action.role()) {
            case Payment -> Optional.of(new PaymentCommand.RequireOperator(new PaymentId(id), ErrorType.Unknown, note));
            case Purchase -> Optional.of(new PurchaseCommand.RequireOperator(new PurchaseId(id), ErrorType.Unknown, note));
            case Registration, PaymentSource, Wallet -> failure(action, ErrorType.Unknown, note);
        });
    }

    /**
     * The transaction is on chain for good, though in vain if its scripts failed. What it did to escrows these hear from the follower, who
     * sees it; the others hear it here.
     *
     * @throws IllegalStateException when its registration has not heard of a rollback yet, which comes first
     */
    void settled(PendingAction action, StoredTransaction transaction, Inclusion found) {
        tell(action, () -> {
            if (action.role() == ActionRole.Registration && actions.mustHearOfRollback(action.aggregateId())) {
                throw new IllegalStateException(action.aggregateId() + " has not heard of a rollback yet, which comes first");
            }
            return found.scriptsPassed()
                    ? confirmation(action, transaction, found)
                    : failure(action, ErrorType.Unknown, action.action().kind() + ": the contract refused transaction " + transaction.hash()
                            + ", which cost its collateral");
        });
    }

    private static Optional<Object> confirmation(PendingAction action, StoredTransaction transaction, Inclusion found) {
        String id = action.aggregateId();
        return switch (action.role()) {
            case Payment, Purchase -> Optional.empty();
            case Registration -> Optional.of(new RegistrationCommand.RecordTransactionConfirmed(new RegistrationId(id),
                    new EscrowTransaction(transaction.hash(), found.at(), found.feeLovelace(), Party.Seller)));
            case PaymentSource -> Optional.of(onSource(action,
                    new SourceTransaction(transaction.hash(), found.at(), found.feeLovelace(), transaction.wallet())));
            case Wallet -> Optional.of(new HotWalletCommand.RecordOutputsMerged(new HotWalletId(id), merge(action.action()).purpose(),
                    transaction.hash(), found.at(), found.feeLovelace(), merge(action.action()).requester()));
        };
    }

    private static Optional<Object> failure(PendingAction action, ErrorType errorType, String note) {
        String id = action.aggregateId();
        return switch (action.role()) {
            case Payment -> Optional.of(new PaymentCommand.RecordActionFailed(new PaymentId(id), escrowAction(action.action()), errorType,
                    note));
            case Purchase -> Optional.of(new PurchaseCommand.RecordActionFailed(new PurchaseId(id), escrowAction(action.action()),
                    errorType, note));
            case Registration -> Optional.of(new RegistrationCommand.RecordTransactionFailed(new RegistrationId(id), errorType, note));
            case PaymentSource -> Optional.of(new PaymentSourceCommand.RecordReferenceScriptFailed(new PaymentSourceId(id),
                    script(action.action()), errorType, note));
            // Nobody waits for it: whatever needs it wants it anew.
            case Wallet -> Optional.empty();
        };
    }

    private void tell(PendingAction action, Supplier<Optional<Object>> command) {
        try {
            command.get().ifPresent(each -> commands.send(action.role(), action.aggregateId(), each));
        } catch (RuntimeException e) {
            if (!LoopEnd.isBehind(e)) {
                actions.untold(action.id(), e.toString());
            }
            throw e;
        }
        actions.told(action.id());
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

    private static EscrowAction escrowAction(ChainAction action) {
        return action.escrowAction().orElseThrow();
    }

    private static String agentIdentifier(PendingAction action, StoredTransaction transaction) {
        return action.action() instanceof ChainAction.DeregisterAgent deregister
                ? deregister.agentIdentifier()
                : transaction.agentIdentifier();
    }
}
