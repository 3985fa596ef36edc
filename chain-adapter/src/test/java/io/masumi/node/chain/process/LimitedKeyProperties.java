package io.masumi.node.chain.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.masumi.node.RejectedException;
import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand;
import io.masumi.node.access.ApiKeyEvent;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.CreditUse;
import io.masumi.node.access.KeyPermissions;
import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.SaleExample;
import io.masumi.node.chain.outbox.ActionRequest;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.RecordCommands;
import io.masumi.node.chain.outbox.ChainActions;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.outbox.Intent;
import io.masumi.node.chain.outbox.Intents;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowTable;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentEvent.PaymentCreated;
import io.masumi.node.purchase.Offers;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseEvent.PurchaseCreated;
import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.registry.RegistrationEvent.RegistrationRequested;
import io.masumi.node.registry.RegistrationId;
import io.masumi.node.testing.MutableClock;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Whatever a limited key asks for, in whatever order, and whatever the chain does with it: what leaves the wallets for it is never
 * more than it was given, and when nothing is under way any more, what it has left and what has left the wallets are what it was
 * given. The aggregates and sagas are the node's own, on a store in memory; a model plays the chain and keeps the books. It knows
 * nothing of credits.
 */
@Tag("slow")
class LimitedKeyProperties {

    private static final long GRANTED = 18_000_000;
    private static final long ALLOWANCE = 3_000_000;
    /** For 5 ADA a collateral return of 2 ADA at most; 1.5 ADA are locked. A fee is 1 ADA at most. */
    private static final CreditRules RULES = new CreditRules(1_000_000, 7_000_000, 0, 2_000_000, 20_000_000, ALLOWANCE, 20_000);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ELSEWHERE = "addr_test1elsewhere";
    private static final String COLLECTION = "addr_test1collection";

    /** What happens next. */
    enum Kind {
        BUY,
        BUY_AGAIN,
        ASK_FOR_REFUND,
        TAKE_BACK,
        REFUND,
        REGISTER,
        DEREGISTER,
        SELL,
        SUBMIT_RESULT,
        AUTHORIZE,
        OTHER_SIDE,
        LAND,
        FAIL,
        RETRY,
        ROLLBACK,
        TELL_AGAIN,
        LOSE_REQUEST,
        HEAR,
        TIME
    }

    /** @param which of the records it is about. @param how details, different from kind to kind */
    record Step(Kind kind, int which, int how) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        // What leads somewhere comes often, and everything comes.
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.of(Kind.BUY, Kind.LAND, Kind.LAND, Kind.LAND, Kind.REFUND,
                Kind.OTHER_SIDE, Kind.HEAR, Kind.SUBMIT_RESULT)), Tuple.of(1, Arbitraries.of(Kind.values())));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 30), Arbitraries.integers().between(0, 11)).as(Step::new).list()
                .ofMinSize(10).ofMaxSize(80);
    }

    @Property(tries = 200)
    void neverCostsMoreThanItWasGiven(@ForAll("steps") List<Step> steps) {
        World world = new World();
        for (Step step : steps) {
            world.happens(step);
            assertThat(world.spent() - world.mayComeAgain()).as("after %s", step).isLessThanOrEqualTo(GRANTED + ALLOWANCE);
            assertThat(world.spentBuying() - world.mayComeAgain()).as("after %s", step).isLessThanOrEqualTo(GRANTED);
        }
        world.comesToItsEnd();
        long counted = GRANTED + world.allowanceUsed() - world.spent() - world.heldForRefunds();
        assertThat(world.left()).isEqualTo(Math.max(0, counted));
    }

    /** A key's node and the chain. */
    private static final class World {

        private final MutableClock clock = new MutableClock(START);
        private final Configuration node = configured(clock);
        private final CommandGateway commands = node.commandGateway();
        private final List<EventMessage<?>> unheard = new ArrayList<>();
        private final List<ApiKeyEvent> ofKey = new ArrayList<>();
        /** Sagas say themselves what they know: no database is asked. */
        private final SagaCommands sagaCommands = new SagaCommands(commands, new RecordCommands(commands, null), Runnable::run);
        private final KeyCosts costs = new KeyCosts(sagaCommands, RULES, new OwnAddresses(node.queryGateway()));
        private final Chain chain = new Chain();
        /** Who awaits ends tells none here: purchases expire when all is over. */
        private final SagaServices services = new SagaServices(chain, new SaleDeadlines(settings(), clock), (_, _, _, _) -> {},
                sagaCommands, costs, null);
        private final DeadlineManager deadlines = new NoDeadlines();
        private final Map<String, PurchaseSaga> purchaseSagas = new HashMap<>();
        private final Map<String, PaymentSaga> paymentSagas = new HashMap<>();
        private final Map<String, RegistrationSaga> registrationSagas = new HashMap<>();
        private final ApiKeyId key = ApiKeyId.of("ab".repeat(32));
        private final Requester requester = new Requester(key.value(), false);
        private final List<Book> books = new ArrayList<>();
        private int numbers;

        World() {
            node.eventStore().subscribe(unheard::addAll);
            commands.sendAndWait(new ApiKeyCommand.CreateApiKey(key, "ab".repeat(32), "m****d",
                    new KeyPermissions(true, true, false, Set.of(), true, null), Funds.lovelace(GRANTED), Requester.NODE));
            hear();
        }

        private static Configuration configured(Clock clock) {
            Configuration[] self = new Configuration[1];
            Configurer configurer = DefaultConfigurer.defaultConfiguration(false)
                    .configureEmbeddedEventStore(_ -> new InMemoryEventStorageEngine())
                    .registerComponent(Clock.class, _ -> clock)
                    .registerComponent(TimeRules.class, _ -> TimeRules.STANDARD)
                    .registerComponent(CreditRules.class, _ -> RULES)
                    .registerComponent(Offers.class, _ -> Offers.of(() -> self[0]))
                    .registerQueryHandler(_ -> new Wallets());
            for (String aggregate : List.of("access.ApiKey", "purchase.PurchaseAggregate", "purchase.Offer", "payment.PaymentAggregate",
                    "registry.AgentRegistration")) {
                try {
                    configurer.configureAggregate(Class.forName("io.masumi.node." + aggregate));
                } catch (ClassNotFoundException e) {
                    throw new IllegalStateException(e);
                }
            }
            self[0] = configurer.start();
            return self[0];
        }

        void happens(Step step) {
            List<Book> some = books.stream().filter(book -> book.concerns(step.kind())).toList();
            Book book = some.isEmpty() ? null : some.get(step.which() % some.size());
            switch (step.kind()) {
                case BUY -> buy(step.how());
                case REGISTER -> register(step.how());
                case SELL -> sell();
                case HEAR -> {
                }
                case TIME -> clock.advance(Duration.ofMinutes(10L * step.how()));
                case LOSE_REQUEST -> tried(() -> hold("lost" + ++numbers, CreditUse.Purchase, 1_000_000L * step.how(), "lost", true));
                default -> {
                    if (book != null) {
                        book.happens(step);
                    }
                }
            }
            // Sagas hear of things a while later.
            if (step.how() % 3 != 0 || step.kind() == Kind.HEAR) {
                hear();
            }
        }

        /** As the edge does it. */
        private void buy(int how) {
            Deal deal = new Deal(how % 4 == 3);
            if (tried(() -> hold(deal.id(), CreditUse.Purchase,
                    RULES.mostForLock(SaleExample.PRICE).lovelace().longValueExact(),
                    "request", true))
                    && tried(() -> commands.sendAndWait(deal.creation(how % 4 == 1 ? ELSEWHERE : how > 5 ? COLLECTION : null)))) {
                books.add(deal);
                deal.foreign = how % 4 == 1;
            } else {
                commands.sendAndWait(new ApiKeyCommand.ReleaseCredits(key, deal.id(), "refused"));
            }
        }

        private void register(int how) {
            Agent agent = new Agent(how % 3 == 0 ? 1_000_000L * how : null);
            if (tried(() -> hold(agent.id(), CreditUse.Registration,
                    RULES.mostForMinting(agent.funding).lovelace().longValueExact(), agent.id(), true))) {
                commands.sendAndWait(agent.request(how % 2 == 0));
                books.add(agent);
            }
        }

        private void sell() {
            Sale sale = new Sale();
            if (tried(() -> commands.sendAndWait(new ApiKeyCommand.RequireCredits(key, CreditUse.Sale, Funds.lovelace(2_000_000))))) {
                commands.sendAndWait(sale.sale.createPayment(requester));
                LockObservation lock = sale.sale.lock();
                commands.sendAndWait(new PaymentCommand.RecordLock(sale.sale.paymentId, lock));
                sale.stands(OnChainState.FundsLocked, lock.output());
                books.add(sale);
            }
        }

        private void hold(String recordId, CreditUse use, long most, String request, boolean opens) {
            commands.sendAndWait(new ApiKeyCommand.HoldCredits(key, recordId, use, Funds.lovelace(most), request, opens,
                    clock.instant().plus(Duration.ofHours(1)).toEpochMilli()));
        }

        private void holding(String recordId, CreditUse use, long most, String request, Runnable work) {
            if (tried(() -> hold(recordId, use, most, request, false)) && !tried(work)) {
                commands.sendAndWait(new ApiKeyCommand.ReleaseCredits(key, recordId, "refused"));
            }
        }

        private boolean tried(Runnable work) {
            try {
                work.run();
                return true;
            } catch (RejectedException e) {
                return false;
            }
        }

        private boolean tried(Supplier<?> work) {
            return tried((Runnable) work::get);
        }

        /** What has happened since reaches the sagas. */
        private void hear() {
            while (!unheard.isEmpty()) {
                DomainEventMessage<?> message = (DomainEventMessage<?>) unheard.removeFirst();
                long number = message.getSequenceNumber();
                switch (message.getPayload()) {
                    case PurchaseCreated e -> {
                        PurchaseSaga saga = new PurchaseSaga();
                        purchaseSagas.put(e.purchaseId().value(), saga);
                        saga.on(e, deadlines, services);
                    }
                    case PurchaseEvent e -> purchaseSagas.get(e.purchaseId().value()).on(e, number, deadlines, services);
                    case PaymentCreated e -> {
                        PaymentSaga saga = new PaymentSaga();
                        paymentSagas.put(e.paymentId().value(), saga);
                        saga.on(e, deadlines, services);
                    }
                    case PaymentEvent e -> paymentSagas.get(e.paymentId().value()).on(e, number, deadlines, services);
                    case RegistrationRequested e -> {
                        RegistrationSaga saga = new RegistrationSaga();
                        registrationSagas.put(e.registrationId().value(), saga);
                        saga.on(e, number, services);
                    }
                    case RegistrationEvent e -> registrationSagas.get(e.registrationId().value()).on(e, number, deadlines, services);
                    case ApiKeyEvent e -> ofKey.add(e);
                    default -> {
                    }
                }
            }
        }

        /** Nothing more comes: what is wanted fails, what was lost on the way is noticed, and every record has its last word. */
        void comesToItsEnd() {
            hear();
            books.forEach(Book::givesUp);
            hear();
            clock.advance(Duration.ofDays(3));
            hold("last", CreditUse.Purchase, 0, "last", true);
            hear();
            // Closing changes nothing, and saying things afterwards neither.
            long before = left();
            books.forEach(book -> commands.sendAndWait(new ApiKeyCommand.CloseCredits(key, book.id())));
            books.forEach(book -> commands.sendAndWait(
                    new ApiKeyCommand.SettleCredits(key, book.id(), CreditUse.Purchase, Funds.lovelace(7), false, "too late")));
            hear();
            assertThat(left()).isEqualTo(before);
        }

        long spent() {
            return books.stream().mapToLong(Book::spent).sum();
        }

        long spentBuying() {
            return books.stream().filter(book -> !(book instanceof Sale)).mapToLong(Book::spent).sum();
        }

        long mayComeAgain() {
            return books.stream().mapToLong(book -> book.mayComeAgain).sum();
        }

        /** The fees of refunds that may still be made, and will not bring back what they cost. */
        long heldForRefunds() {
            return RULES.transactionFee()
                    * books.stream()
                            .filter(book -> book instanceof Deal deal && deal.foreign && deal.state != null && !deal.state.isTerminal())
                            .count();
        }

        long left() {
            return switch (ofKey.getLast()) {
                case ApiKeyEvent.ApiKeyCreated e -> e.credits().lovelace().longValueExact();
                case ApiKeyEvent.CreditsAllotted e -> e.left().lovelace().longValueExact();
                case ApiKeyEvent.CreditsClosed e -> e.left().lovelace().longValueExact();
                default -> throw new IllegalStateException("an event of another kind");
            };
        }

        long allowanceUsed() {
            Map<String, Long> used = new LinkedHashMap<>();
            ofKey.forEach(event -> {
                switch (event) {
                    case ApiKeyEvent.CreditsAllotted e -> used.put(e.recordId(), e.fromAllowance());
                    case ApiKeyEvent.CreditsClosed e -> used.put(e.recordId(), e.fromAllowance());
                    default -> {
                    }
                }
            });
            return used.values().stream().mapToLong(Long::longValue).sum();
        }

        /** One record, what the chain shows of it, and what that cost. */
        private abstract class Book {

            final SaleExample sale = new SaleExample(clock.instant());
            final List<Fact> facts = new ArrayList<>();
            OnChainState state;
            OutputRef output;
            /** What came back, was rolled back, and may come back again. */
            long mayComeAgain;
            Object lastTold;

            /** @param paid what left the wallets by it, less what came to them */
            record Fact(EscrowTransaction transaction, long paid, OnChainState before, OutputRef outputBefore) {}

            abstract String id();

            abstract boolean concerns(Kind kind);

            abstract void happens(Step step);

            abstract void givesUp();

            long spent() {
                return facts.stream().mapToLong(Fact::paid).sum();
            }

            ActionRequest wanted() {
                return chain.wanted.get(id());
            }

            void stands(OnChainState state, OutputRef output) {
                this.state = state;
                this.output = output;
            }

            void landed(EscrowTransaction transaction, long paid) {
                facts.add(new Fact(transaction, paid, state, output));
                if (paid < 0) {
                    mayComeAgain = Math.max(0, mayComeAgain + paid);
                }
            }

            long fee(int how) {
                return how % 2 == 0 ? 200_000 : 1_000_000;
            }

            EscrowTransaction with(long fee, EscrowTransaction transaction) {
                return new EscrowTransaction(transaction.hash(), transaction.at(), fee, transaction.feePaidBy());
            }

            TransitionObservation move(EscrowAction action, OnChainState to, String result, Funds forBuyer, Funds forSeller, long fee) {
                TransitionObservation plain = sale.transition(output, action, to, result, 0, 0);
                return new TransitionObservation(action, plain.spent(), plain.output(), plain.datum(), plain.value(),
                        to.isTerminal() ? forSeller : Funds.NONE, to.isTerminal() ? forBuyer : Funds.NONE, with(fee, plain.transaction()));
            }

            /** The newest facts are gone. */
            boolean rollBack(int how) {
                if (facts.isEmpty()) {
                    return false;
                }
                int kept = Math.max(0, facts.size() - 1 - how % 2);
                while (facts.size() > kept) {
                    Fact lost = facts.removeLast();
                    mayComeAgain += Math.max(0, -lost.paid());
                    stands(lost.before(), lost.outputBefore());
                }
                return true;
            }

            ChainPoint newest() {
                return facts.isEmpty() ? new ChainPoint(1, "00".repeat(32), 1, START.toEpochMilli()) : facts.getLast().transaction().at();
            }
        }

        /** A purchase. */
        private final class Deal extends Book {

            private boolean foreign;
            private final boolean disputeGoesElsewhere;

            Deal(boolean disputeGoesElsewhere) {
                this.disputeGoesElsewhere = disputeGoesElsewhere;
            }

            @Override
            String id() {
                return sale.purchaseId.value();
            }

            PurchaseCommand.CreatePurchase creation(String returnAddress) {
                PurchaseCommand.CreatePurchase plain = sale.createPurchase(requester);
                return new PurchaseCommand.CreatePurchase(plain.purchaseId(), plain.blockchainIdentifier(), plain.source(),
                        plain.agentIdentifier(), plain.agentName(), plain.pricing(), plain.amounts(), plain.inputHash(),
                        plain.identifierFromPurchaser(), plain.times(), plain.cooldownTime(), plain.seller(), plain.walletIds(),
                        returnAddress, null, null, requester);
            }

            @Override
            boolean concerns(Kind kind) {
                return switch (kind) {
                    case REGISTER, DEREGISTER, SUBMIT_RESULT, AUTHORIZE -> false;
                    default -> true;
                };
            }

            @Override
            void happens(Step step) {
                switch (step.kind()) {
                    case BUY_AGAIN ->
                        tried(() -> hold(id(), CreditUse.Purchase, 8_000_000, step.how() % 2 == 0 ? "request" : "other", true));
                    case ASK_FOR_REFUND -> holding(id(), CreditUse.Purchase, 1_000_000, "RequestRefund",
                            () -> commands.sendAndWait(new PurchaseCommand.RequestRefund(sale.purchaseId, requester)));
                    case TAKE_BACK -> holding(id(), CreditUse.Purchase, 1_000_000, "CancelRefundRequest",
                            () -> commands.sendAndWait(new PurchaseCommand.CancelRefundRequest(sale.purchaseId, requester)));
                    case LAND -> land(step.how());
                    case FAIL -> fail();
                    case RETRY -> tried(() -> commands.sendAndWait(new PurchaseCommand.RecoverFromError(sale.purchaseId, true, requester)));
                    case OTHER_SIDE -> seller(step.how());
                    case TELL_AGAIN -> {
                        if (lastTold != null) {
                            tried(() -> commands.sendAndWait(lastTold));
                        }
                    }
                    case ROLLBACK -> {
                        if (rollBack(step.how())) {
                            lastTold = null;
                            commands.sendAndWait(new PurchaseCommand.UndoFacts(sale.purchaseId, newest()));
                        }
                    }
                    default -> {
                        if (state == OnChainState.FundsLocked || state == OnChainState.RefundRequested) {
                            clock.set(max(clock.instant(), Instant.ofEpochMilli(sale.times.submitResultTime() + 1)));
                            tried(() -> commands.sendAndWait(
                                    new PurchaseCommand.RequestRefundWithdrawal(sale.purchaseId, Requester.NODE)));
                        }
                    }
                }
            }

            private void land(int how) {
                ActionRequest intent = wanted();
                if (intent == null) {
                    return;
                }
                EscrowAction action = intent.action().escrowAction().orElseThrow();
                if (action == EscrowAction.Lock) {
                    lock(how);
                } else if (output != null && EscrowTable.V1.next(state, action).isPresent()) {
                    OnChainState to = EscrowTable.V1.next(state, action).orElseThrow();
                    long locked = 6_500_000;
                    long back = action == EscrowAction.WithdrawRefund && !foreign ? locked : 0;
                    TransitionObservation move = move(action, to, to == OnChainState.Disputed || to == OnChainState.ResultSubmitted
                            ? SaleExample.RESULT_HASH
                            : "", action == EscrowAction.WithdrawRefund ? SaleExample.LOCKED : Funds.NONE, Funds.NONE, fee(how));
                    if (tried(() -> commands.sendAndWait(new PurchaseCommand.RecordActionInitiated(sale.purchaseId, action,
                            SaleExample.PURCHASING_WALLET, move.transaction().hash(), 5000)))) {
                        moved(move, to, fee(how) - back);
                        chain.wanted.remove(id());
                    }
                }
            }

            private void lock(int how) {
                if (state != null) {
                    return;
                }
                LockObservation plain = sale.lock();
                LockObservation lock = new LockObservation(plain.output(), plain.datum(), plain.value(), true, false,
                        with(fee(how), plain.transaction()));
                if (tried(() -> commands.sendAndWait(new PurchaseCommand.RecordActionInitiated(sale.purchaseId, EscrowAction.Lock,
                        SaleExample.PURCHASING_WALLET, lock.transaction().hash(), 5000)))) {
                    landed(lock.transaction(), 6_500_000 + fee(how));
                    stands(OnChainState.FundsLocked, lock.output());
                    tell(new PurchaseCommand.RecordLock(sale.purchaseId, lock));
                    chain.wanted.remove(id());
                }
            }

            /** What the seller or the admins do. */
            private void seller(int how) {
                if (output == null) {
                    return;
                }
                EscrowAction action = List.of(EscrowAction.SubmitResult, EscrowAction.AuthorizeRefund, EscrowAction.Withdraw,
                        EscrowAction.WithdrawDisputed).get(how % 4);
                EscrowTable.V1.next(state, action).ifPresent(to -> {
                    long back = switch (action) {
                        case Withdraw -> 1_500_000;
                        case WithdrawDisputed -> disputeGoesElsewhere ? 0 : 4_000_000;
                        default -> 0;
                    };
                    String result = action == EscrowAction.AuthorizeRefund ? "" : SaleExample.RESULT_HASH;
                    moved(move(action, to, result, Funds.lovelace(back), Funds.lovelace(2_000_000), 300_000), to, -back);
                });
            }

            private void moved(TransitionObservation move, OnChainState to, long paid) {
                landed(move.transaction(), paid);
                stands(to, move.output());
                tell(new PurchaseCommand.RecordTransition(sale.purchaseId, move));
            }

            private void tell(Object command) {
                lastTold = command;
                commands.sendAndWait(command);
            }

            private void fail() {
                if (wanted() != null) {
                    commands.sendAndWait(
                            new PurchaseCommand.RecordActionFailed(sale.purchaseId, wanted().action().escrowAction().orElseThrow(),
                                    ErrorType.Unknown, "it did not go"));
                }
            }

            @Override
            void givesUp() {
                for (EscrowAction action : EscrowAction.values()) {
                    commands.sendAndWait(
                            new PurchaseCommand.RecordActionFailed(sale.purchaseId, action, ErrorType.Unknown, "it did not go"));
                }
                commands.sendAndWait(new PurchaseCommand.ExpirePurchase(sale.purchaseId,
                        new ChainPoint(9000, "fe".repeat(32), 9000, sale.times.payByTime() + 1)));
            }
        }

        /** A sale of this node's. */
        private final class Sale extends Book {

            @Override
            String id() {
                return sale.paymentId.value();
            }

            @Override
            long spent() {
                return Math.max(0, super.spent());
            }

            @Override
            boolean concerns(Kind kind) {
                return switch (kind) {
                    case SUBMIT_RESULT, AUTHORIZE, OTHER_SIDE, LAND, FAIL, RETRY, ROLLBACK, TELL_AGAIN -> true;
                    default -> false;
                };
            }

            @Override
            void happens(Step step) {
                switch (step.kind()) {
                    case SUBMIT_RESULT -> holding(id(), CreditUse.Sale, 2_000_000, SaleExample.RESULT_HASH,
                            () -> commands.sendAndWait(
                                    new PaymentCommand.SubmitResult(sale.paymentId, SaleExample.RESULT_HASH, requester)));
                    case AUTHORIZE -> holding(id(), CreditUse.Sale, 1_000_000, "AuthorizeRefund",
                            () -> commands.sendAndWait(new PaymentCommand.AuthorizeRefund(sale.paymentId, requester)));
                    case OTHER_SIDE -> other(step.how());
                    case LAND -> land(step.how());
                    case FAIL -> {
                        if (wanted() != null) {
                            commands.sendAndWait(new PaymentCommand.RecordActionFailed(sale.paymentId,
                                    wanted().action().escrowAction().orElseThrow(), ErrorType.Unknown, "it did not go"));
                        }
                    }
                    case RETRY -> tried(() -> commands.sendAndWait(new PaymentCommand.RecoverFromError(sale.paymentId, true, requester)));
                    case ROLLBACK -> {
                        if (rollBack(step.how())) {
                            lastTold = null;
                            commands.sendAndWait(new PaymentCommand.UndoFacts(sale.paymentId, facts.isEmpty()
                                    ? new ChainPoint(1001, "ff".repeat(32), 101, START.toEpochMilli())
                                    : newest()));
                        }
                    }
                    default -> {
                        if (lastTold != null) {
                            commands.sendAndWait(lastTold);
                        }
                    }
                }
            }

            private void land(int how) {
                ActionRequest intent = wanted();
                if (intent == null) {
                    return;
                }
                EscrowAction action = intent.action().escrowAction().orElseThrow();
                if (output == null || EscrowTable.V1.next(state, action).isEmpty()) {
                    return;
                }
                OnChainState to = EscrowTable.V1.next(state, action).orElseThrow();
                long earned = intent.action() instanceof ChainAction.Withdraw ? 4_750_000 : 0;
                TransitionObservation move = move(action, to, action == EscrowAction.SubmitResult ? SaleExample.RESULT_HASH : "",
                        Funds.lovelace(1_500_000), Funds.lovelace(earned), fee(how));
                if (tried(() -> commands.sendAndWait(new PaymentCommand.RecordActionInitiated(sale.paymentId, action,
                        move.transaction().hash(), 5000)))) {
                    moved(move, to, fee(how) - earned);
                    chain.wanted.remove(id());
                }
            }

            /** What the buyer does, and the node when the time has come. */
            private void other(int how) {
                if (how % 3 == 2) {
                    clock.set(max(clock.instant(), Instant.ofEpochMilli(sale.times.unlockTime() + 1)));
                    tried(() -> commands.sendAndWait(new PaymentCommand.RequestWithdrawal(sale.paymentId, Requester.NODE)));
                    return;
                }
                EscrowAction action = how % 3 == 0 ? EscrowAction.RequestRefund : EscrowAction.WithdrawRefund;
                if (output != null && !(action == EscrowAction.WithdrawRefund && state == OnChainState.Disputed)) {
                    EscrowTable.V1.next(state, action).ifPresent(to -> moved(move(action, to,
                            to == OnChainState.Disputed ? SaleExample.RESULT_HASH : "", SaleExample.LOCKED, Funds.NONE, 300_000), to, 0));
                }
            }

            private void moved(TransitionObservation move, OnChainState to, long paid) {
                landed(move.transaction(), paid);
                stands(to, move.output());
                lastTold = new PaymentCommand.RecordTransition(sale.paymentId, move);
                commands.sendAndWait(lastTold);
            }

            @Override
            void givesUp() {
                for (EscrowAction action : EscrowAction.values()) {
                    commands.sendAndWait(new PaymentCommand.RecordActionFailed(sale.paymentId, action, ErrorType.Unknown, "it did not go"));
                }
            }
        }

        /** An agent of this node's. */
        private final class Agent extends Book {

            private final RegistrationId id = new RegistrationId("cagent" + ++numbers);
            private final Long funding;

            Agent(Long funding) {
                this.funding = funding;
            }

            @Override
            String id() {
                return id.value();
            }

            RegistrationCommand.RequestRegistration request(boolean toCollection) {
                return new RegistrationCommand.RequestRegistration(id, SaleExample.SOURCE, SaleExample.SELLING_WALLET,
                        toCollection ? null : new Participant(SaleExample.BUYER.vkey(), SaleExample.BUYER.address()), funding,
                        new AgentDetails("agent", "works", "https://agent.example.com", List.of(),
                                new AgentDetails.Capability("tests", "1"),
                                new AgentDetails.Author("Masumi", null, null, null), null, List.of(),
                                new AgentPricing(PricingType.Free, Funds.NONE), "image", 1),
                        requester);
            }

            @Override
            boolean concerns(Kind kind) {
                return switch (kind) {
                    case DEREGISTER, LAND, FAIL, ROLLBACK -> true;
                    default -> false;
                };
            }

            @Override
            void happens(Step step) {
                switch (step.kind()) {
                    case DEREGISTER -> holding(id(), CreditUse.Registration, 1_000_000, "deregister",
                            () -> commands.sendAndWait(new RegistrationCommand.RequestDeregistration(id, requester)));
                    case LAND -> {
                        if (wanted() != null) {
                            EscrowTransaction transaction = with(fee(step.how()), sale.lock().transaction());
                            if (tried(() -> commands.sendAndWait(new RegistrationCommand.RecordTransactionInitiated(id, SaleExample.AGENT,
                                    transaction.hash(), 5000, SaleExample.SELLING_WALLET)))) {
                                landed(transaction, fee(step.how()));
                                commands.sendAndWait(new RegistrationCommand.RecordTransactionConfirmed(id, transaction));
                                chain.wanted.remove(id());
                            }
                        }
                    }
                    case FAIL -> givesUp();
                    default -> {
                        // The newest only, and the same transaction comes again.
                        if (!facts.isEmpty()) {
                            EscrowTransaction lost = facts.getLast().transaction();
                            commands.sendAndWait(new RegistrationCommand.UndoConfirmation(id, new ChainPoint(1, "00".repeat(32), 1, 1)));
                            commands.sendAndWait(new RegistrationCommand.RecordTransactionConfirmed(id, lost));
                        }
                    }
                }
            }

            @Override
            void givesUp() {
                commands.sendAndWait(new RegistrationCommand.RecordTransactionFailed(id, ErrorType.Unknown, "it did not go"));
                chain.wanted.remove(id());
            }
        }
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static ChainSettings settings() {
        return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("masumi.chain", ChainSettings.class);
    }

    /** What is wanted of the chain, record by record. */
    private static final class Chain implements ChainActions {

        private final Map<String, ActionRequest> wanted = new HashMap<>();

        @Override
        public void hear(ActionRole role, String aggregateId, long sequenceNumber, Consumer<Intents> event) {
            event.accept(new Intents() {

                @Override
                public void intend(Intent intent) {
                    switch (intent) {
                        case Intent.This(ActionRequest request) -> wanted.put(aggregateId, request);
                        case Intent.Again(ActionRequest request, String _) -> wanted.put(aggregateId, request);
                        case Intent.Nothing _ -> wanted.remove(aggregateId);
                        case Intent.AsBefore _ -> {
                        }
                    }
                }

                @Override
                public void escrowStands(io.masumi.node.source.PaymentSourceId sourceId, OutputRef output, EscrowTransaction newest,
                        long cooldownUntil) {}

                @Override
                public void escrowIsGone() {}
            });
        }

        @Override
        public boolean hasHeard(Owner owner, long sequenceNumber) {
            return true;
        }

        @Override
        public List<Owner> live(Instant before, Owner after, int limit) {
            return List.of();
        }

        @Override
        public String mend(Owner owner, long newest, Intent intent) {
            return null;
        }
    }

    /** The wallets whose addresses are this node's. */
    static final class Wallets {

        @QueryHandler
        List<HotWalletView> on(ListHotWallets query) {
            return List.of(wallet(SaleExample.SELLING_WALLET.address(), null), wallet(SaleExample.PURCHASING_WALLET.address(), COLLECTION));
        }

        private static HotWalletView wallet(String address, String collection) {
            return new HotWalletView(io.masumi.node.wallet.HotWalletId.of(SaleExample.SOURCE_ID, address), 0, START, START,
                    SaleExample.SOURCE_ID, io.masumi.node.escrow.Network.Preprod, io.masumi.node.wallet.WalletType.Selling, "ab".repeat(28),
                    address, collection, null);
        }
    }

    /** What is due by time comes as a step here. */
    private static final class NoDeadlines implements DeadlineManager {

        @Override
        public String schedule(Instant at, String name) {
            return name;
        }

        @Override
        public String schedule(Instant at, String name, Object payload, ScopeDescriptor scope) {
            return name;
        }

        @Override
        public void cancelSchedule(String name, String id) {}

        @Override
        public void cancelAll(String name) {}

        @Override
        public void cancelAllWithinScope(String name, ScopeDescriptor scope) {}

        @Override
        public org.axonframework.common.Registration registerDispatchInterceptor(
                MessageDispatchInterceptor<? super DeadlineMessage<?>> interceptor) {
            return () -> true;
        }

        @Override
        public org.axonframework.common.Registration registerHandlerInterceptor(
                MessageHandlerInterceptor<? super DeadlineMessage<?>> interceptor) {
            return () -> true;
        }
    }
}
