package io.masumi.node.escrow;

import io.masumi.node.Requester;
import java.util.List;

/** What happened to a payment or a purchase, as far as both are alike. Each stores events of its own, which are of these kinds. */
public interface SaleEvent {

    /** Id of the payment or purchase. */
    String saleId();

    /** Folds the event. */
    EscrowRecord after(EscrowRecord before);

    /** The chain showed something of the escrow. */
    interface SeenOnChain extends SaleEvent {

        ChainFact fact();

        @Override
        default EscrowRecord after(EscrowRecord before) {
            return before.with(fact());
        }
    }

    /** See {@link ChainFact.Locked}. */
    interface SeenLocked extends SeenOnChain {

        LockObservation lock();

        @Override
        default ChainFact fact() {
            return new ChainFact.Locked(lock());
        }
    }

    /** See {@link ChainFact.Invalid}. */
    interface SeenInvalid extends SeenOnChain {

        LockObservation lock();

        List<String> brokenRules();

        @Override
        default ChainFact fact() {
            return new ChainFact.Invalid(lock(), brokenRules());
        }
    }

    /** See {@link ChainFact.Ignored}. */
    interface SeenIgnored extends SeenOnChain {

        LockObservation lock();

        String reason();

        @Override
        default ChainFact fact() {
            return new ChainFact.Ignored(lock(), reason());
        }
    }

    /** See {@link ChainFact.Moved}. */
    interface SeenMoved extends SeenOnChain {

        TransitionObservation transition();

        @Override
        default ChainFact fact() {
            return ChainFact.Moved.asShown(transition());
        }
    }

    /** See {@link ChainFact.Unexpected}. */
    interface SeenUnexpected extends SeenOnChain {

        EscrowAction action();

        EscrowTransaction transaction();

        String note();

        @Override
        default ChainFact fact() {
            return new ChainFact.Unexpected(action(), transaction(), note());
        }
    }

    /** The blocks above some block are not on the chain any more, and what was recorded from them is not so. */
    interface Undone extends SaleEvent {

        /** The newest block that is still on the chain. */
        ChainPoint backTo();

        /** Hashes of the transactions whose facts are undone, oldest first. */
        List<String> transactions();

        @Override
        default EscrowRecord after(EscrowRecord before) {
            return before.undo(transactions());
        }
    }

    /** An action is asked for. */
    interface Requested extends SaleEvent {

        EscrowAction action();

        /** The result that is to be submitted, null for other actions. */
        default String resultHash() {
            return null;
        }

        Requester requester();

        @Override
        default EscrowRecord after(EscrowRecord before) {
            return before.next(NextAction.requested(action(), resultHash()));
        }
    }

    /** A signed transaction for the wanted action exists. */
    interface Initiated extends SaleEvent {

        EscrowAction action();

        String transactionHash();

        @Override
        default EscrowRecord after(EscrowRecord before) {
            return before.next(before.next().initiated(action(), transactionHash()));
        }
    }

    /** The wanted action must wait for something, such as money, and is tried again. */
    interface Delayed extends SaleEvent {

        ErrorType errorType();

        String errorNote();

        @Override
        default EscrowRecord after(EscrowRecord before) {
            return before.next(before.next().delayed(errorType(), errorNote()));
        }
    }

    /** An operator must look. */
    interface Failed extends SaleEvent {

        ErrorType errorType();

        String errorNote();

        @Override
        default EscrowRecord after(EscrowRecord before) {
            return before.next(before.next().failed(errorType(), errorNote()));
        }
    }

    /** The wanted action failed, and with it what was signed for it. */
    interface ActionLost extends Failed {}

    /** A transaction that the node signed will not do what it was signed for. What is wanted, or not, says the next event. */
    interface GivenUp extends SaleEvent {

        GivenUpTransaction transaction();

        @Override
        default EscrowRecord after(EscrowRecord before) {
            return before;
        }
    }

    /** payByTime passed and nothing was locked. */
    interface Expired extends SaleEvent {

        @Override
        default EscrowRecord after(EscrowRecord before) {
            return before.next(NextAction.NONE);
        }
    }
}
