package io.masumi.node.purchase;

import static io.masumi.node.escrow.SaleExample.*;

import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.purchase.PurchaseCommand.CreatePurchase;
import io.masumi.node.purchase.PurchaseEvent.ActionInitiated;
import io.masumi.node.purchase.PurchaseEvent.DisputeResolved;
import io.masumi.node.purchase.PurchaseEvent.FundsLocked;
import io.masumi.node.purchase.PurchaseEvent.FundsLockingRequested;
import io.masumi.node.purchase.PurchaseEvent.FundsOrDatumFoundInvalid;
import io.masumi.node.purchase.PurchaseEvent.FundsWithdrawn;
import io.masumi.node.purchase.PurchaseEvent.PurchaseCreated;
import io.masumi.node.purchase.PurchaseEvent.RefundRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundWithdrawn;
import io.masumi.node.purchase.PurchaseEvent.ResultSubmitted;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.command.Repository;

/** The purchase of {@link io.masumi.node.escrow.SaleExample}, and a history for every on-chain state. */
final class PurchaseExample {

    static final PurchaseId ID = PurchaseId.of(IDENTIFIER);

    static final PurchaseCreated CREATED = new PurchaseCreated(ID, IDENTIFIER, SOURCE, AGENT, "Summariser", PricingType.Fixed, PRICE,
            INPUT_HASH, PURCHASER, TIMES, COOLDOWN, SELLER, List.of(), null, null, "for the tests", OWNER);
    static final FundsLockingRequested LOCK_WANTED = new FundsLockingRequested(ID, OWNER);
    static final ActionInitiated LOCK_SIGNED = new ActionInitiated(ID, EscrowAction.Lock, PURCHASING_WALLET, hash(1), 5000);

    private PurchaseExample() {}

    static CreatePurchase create() {
        return create(FIXED, List.of(), TIMES, SELLER);
    }

    static CreatePurchase create(AgentPricing pricing, List<Amount> amounts, EscrowTimes times, Participant seller) {
        return new CreatePurchase(ID, IDENTIFIER, SOURCE, AGENT, "Summariser", pricing, amounts, INPUT_HASH, PURCHASER, times, COOLDOWN,
                seller, List.of(), null, null, "for the tests", OWNER);
    }

    static CreatePurchase create(BlockchainIdentifier identifier) {
        return new CreatePurchase(PurchaseId.of(identifier), identifier, SOURCE, AGENT, "Summariser", FIXED, List.of(), INPUT_HASH,
                PURCHASER, TIMES, COOLDOWN, SELLER, List.of(), null, null, "for the tests", OWNER);
    }

    /** None is taken yet. They have a store of their own, because a fixture's knows one aggregate only. */
    static Offers offers() {
        EventStore store = EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
        Repository<Offer> offers = EventSourcingRepository.builder(Offer.class).eventStore(store).build();
        return new Offers(() -> offers);
    }

    /** Agreed, and our lock is signed. */
    static List<PurchaseEvent> signed() {
        return List.of(CREATED, LOCK_WANTED, LOCK_SIGNED);
    }

    /** The shortest way into a state; its newest transaction is the one numbered {@link #newestIn}. */
    static List<PurchaseEvent> historyTo(OnChainState state) {
        return switch (state) {
            case FundsLocked -> List.of(CREATED, LOCK_WANTED, LOCK_SIGNED, new FundsLocked(ID, lock(1)));
            case FundsOrDatumInvalid -> List.of(CREATED, LOCK_WANTED, LOCK_SIGNED,
                    new FundsOrDatumFoundInvalid(ID, lock(1), List.of("The input hash is wrong")));
            case ResultSubmitted -> then(OnChainState.FundsLocked,
                    new ResultSubmitted(ID, state, transition(2, 1, EscrowAction.SubmitResult, state, RESULT_HASH)));
            case RefundRequested -> then(OnChainState.FundsLocked,
                    new RefundRequested(ID, state, transition(2, 1, EscrowAction.RequestRefund, state, "")));
            case RefundWithdrawn -> then(OnChainState.FundsLocked,
                    new RefundWithdrawn(ID, transition(2, 1, EscrowAction.WithdrawRefund, state, "")));
            case Disputed -> then(OnChainState.ResultSubmitted,
                    new RefundRequested(ID, state, transition(3, 2, EscrowAction.RequestRefund, state, RESULT_HASH)));
            case Withdrawn ->
                then(OnChainState.ResultSubmitted, new FundsWithdrawn(ID, transition(3, 2, EscrowAction.Withdraw, state, "")));
            case DisputedWithdrawn -> then(OnChainState.Disputed,
                    new DisputeResolved(ID, transition(4, 3, EscrowAction.WithdrawDisputed, state, "")));
            case WithdrawAuthorized, RefundAuthorized -> throw new IllegalArgumentException("not reached by this contract version");
        };
    }

    /** Number of the newest transaction in {@link #historyTo}. */
    static int newestIn(OnChainState state) {
        return historyTo(state).size() - signed().size();
    }

    static List<PurchaseEvent> then(OnChainState state, PurchaseEvent... events) {
        List<PurchaseEvent> longer = new ArrayList<>(historyTo(state));
        longer.addAll(List.of(events));
        return longer;
    }
}
