package io.masumi.node.purchase;

import static io.masumi.node.escrow.SaleExample.*;

import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowLifeProperties;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.TransitionObservation;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.config.Configurer;

class PurchaseLifeProperties extends EscrowLifeProperties {

    private static final PurchaseId ID = PurchaseExample.ID;

    @Override
    protected Class<?> aggregate() {
        return PurchaseAggregate.class;
    }

    @Override
    protected String recordId() {
        return ID.value();
    }

    @Override
    protected Object create() {
        return PurchaseExample.create();
    }

    @Override
    protected Optional<Object> signedLock() {
        return Optional.of(initiated(EscrowAction.Lock, hash(99)));
    }

    @Override
    protected Optional<Object> request(EscrowAction action, String resultHash) {
        return Optional.ofNullable(switch (action) {
            case RequestRefund -> new PurchaseCommand.RequestRefund(ID, OWNER);
            case CancelRefundRequest -> new PurchaseCommand.CancelRefundRequest(ID, OWNER);
            case WithdrawRefund -> new PurchaseCommand.RequestRefundWithdrawal(ID, OWNER);
            case Lock, SubmitResult, AuthorizeRefund, Withdraw, WithdrawDisputed -> null;
        });
    }

    @Override
    protected Configurer with(Configurer node) {
        return node.configureAggregate(Offer.class).registerComponent(Offers.class, configuration -> Offers.of(() -> configuration));
    }

    @Override
    protected Object initiated(EscrowAction action, String transactionHash) {
        return new PurchaseCommand.RecordActionInitiated(ID, action, PURCHASING_WALLET, transactionHash, 5000);
    }

    @Override
    protected Object failed(EscrowAction action) {
        return new PurchaseCommand.RecordActionFailed(ID, action, ErrorType.Unknown, "it did not go");
    }

    @Override
    protected Object delayed(EscrowAction action) {
        return new PurchaseCommand.RecordActionDelayed(ID, action, ErrorType.InsufficientFunds, "there is no money");
    }

    @Override
    protected Object recover(boolean retry) {
        return new PurchaseCommand.RecoverFromError(ID, retry, OWNER);
    }

    @Override
    protected Object undo(ChainPoint backTo) {
        return new PurchaseCommand.UndoFacts(ID, backTo);
    }

    @Override
    protected Object expire(ChainPoint followedTo) {
        return new PurchaseCommand.ExpirePurchase(ID, followedTo);
    }

    @Override
    protected Object record(LockObservation seen) {
        return new PurchaseCommand.RecordLock(ID, seen);
    }

    @Override
    protected Object record(TransitionObservation seen) {
        return new PurchaseCommand.RecordTransition(ID, seen);
    }

    @Override
    protected Standing fold(Stream<?> events) {
        PurchaseState state = events.map(PurchaseEvent.class::cast).reduce(null, PurchaseState::evolve, (_, _) -> {
            throw new IllegalStateException("folded in order, never in parallel");
        });
        return new Standing(state.escrow(), state.next());
    }
}
