package io.masumi.node.payment;

import static io.masumi.node.escrow.SaleExample.*;

import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowLifeProperties;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.TransitionObservation;
import java.util.Optional;
import java.util.stream.Stream;

class PaymentLifeProperties extends EscrowLifeProperties {

    private static final PaymentId ID = PaymentExample.ID;

    @Override
    protected Class<?> aggregate() {
        return PaymentAggregate.class;
    }

    @Override
    protected String recordId() {
        return ID.value();
    }

    @Override
    protected Object create() {
        return PaymentExample.create();
    }

    @Override
    protected Optional<Object> signedLock() {
        return Optional.empty();
    }

    @Override
    protected Optional<Object> request(EscrowAction action, String resultHash) {
        return Optional.ofNullable(switch (action) {
            case SubmitResult -> new PaymentCommand.SubmitResult(ID, resultHash, OWNER);
            case AuthorizeRefund -> new PaymentCommand.AuthorizeRefund(ID, OWNER);
            case Withdraw -> new PaymentCommand.RequestWithdrawal(ID, OWNER);
            case Lock, RequestRefund, CancelRefundRequest, WithdrawRefund, WithdrawDisputed -> null;
        });
    }

    @Override
    protected Object initiated(EscrowAction action, String transactionHash) {
        return new PaymentCommand.RecordActionInitiated(ID, action, transactionHash, 5000);
    }

    @Override
    protected Object failed(EscrowAction action) {
        return new PaymentCommand.RecordActionFailed(ID, action, ErrorType.Unknown, "it did not go");
    }

    @Override
    protected Object delayed(EscrowAction action) {
        return new PaymentCommand.RecordActionDelayed(ID, action, ErrorType.InsufficientFunds, "there is no money");
    }

    @Override
    protected Object recover(boolean retry) {
        return new PaymentCommand.RecoverFromError(ID, retry, OWNER);
    }

    @Override
    protected Object undo(ChainPoint backTo) {
        return new PaymentCommand.UndoFacts(ID, backTo);
    }

    @Override
    protected Object expire(ChainPoint followedTo) {
        return new PaymentCommand.ExpirePayment(ID, followedTo);
    }

    @Override
    protected Object record(LockObservation seen) {
        return new PaymentCommand.RecordLock(ID, seen);
    }

    @Override
    protected Object record(TransitionObservation seen) {
        return new PaymentCommand.RecordTransition(ID, seen);
    }

    @Override
    protected Standing fold(Stream<?> events) {
        PaymentState state = events.map(PaymentEvent.class::cast).reduce(null, PaymentState::evolve, (_, _) -> {
            throw new IllegalStateException("folded in order, never in parallel");
        });
        return new Standing(state.escrow(), state.next());
    }
}
