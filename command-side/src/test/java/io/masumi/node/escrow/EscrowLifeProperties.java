package io.masumi.node.escrow;

import static io.masumi.node.escrow.SaleExample.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.RejectedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/**
 * Whatever is asked, told and told again, in whatever order: a record's on-chain state is that of the state table, and
 * what it means to do next is possible there. The chain is played by a model with the table in it.
 */
public abstract class EscrowLifeProperties {

    private static final String OTHER_HASH = "a1".repeat(32);

    /** How a record stands, folded from its events. */
    public record Standing(EscrowStatus escrow, NextAction next) {}

    /** One thing that happens. @param action what it is about, where it is about an action */
    public record Step(Kind kind, EscrowAction action) {

        enum Kind {
            TIME_PASSES,
            REQUEST,
            SIGN,
            FAIL,
            DELAY,
            RECOVER,
            EXPIRE,
            LOCK,
            FOREIGN_LOCK,
            MOVE,
            TELL_AGAIN,
            ROLLBACK
        }
    }

    protected abstract Class<?> aggregate();

    protected abstract String recordId();

    protected abstract Object create();

    /** What must be recorded after creation for a lock to be believed: that our wallet signed one. */
    protected abstract Optional<Object> signedLock();

    /** What asks for the action, if this side can. @param resultHash of a result that is to be submitted */
    protected abstract Optional<Object> request(EscrowAction action, String resultHash);

    /** Adds what this side's aggregate needs besides. */
    protected Configurer with(Configurer node) {
        return node;
    }

    protected abstract Object initiated(EscrowAction action, String transactionHash);

    protected abstract Object failed(EscrowAction action);

    protected abstract Object delayed(EscrowAction action);

    protected abstract Object recover(boolean retry);

    protected abstract Object expire(ChainPoint followedTo);

    protected abstract Object undo(ChainPoint backTo);

    protected abstract Object record(LockObservation seen);

    protected abstract Object record(TransitionObservation seen);

    protected abstract Standing fold(Stream<?> events);

    @Property(tries = 300)
    void theRecordFollowsTheChainAndMeansToDoOnlyWhatIsPossible(@ForAll("lives") List<Step> steps) {
        Life life = new Life();
        for (Step step : steps) {
            life.happens(step);
            life.check(step);
        }
    }

    @Provide
    Arbitrary<List<Step>> lives() {
        Arbitrary<Step.Kind> kind = Arbitraries.frequency(Tuple.of(4, Step.Kind.MOVE), Tuple.of(4, Step.Kind.REQUEST),
                Tuple.of(2, Step.Kind.SIGN), Tuple.of(1, Step.Kind.TIME_PASSES), Tuple.of(1, Step.Kind.FAIL), Tuple.of(1, Step.Kind.EXPIRE),
                Tuple.of(1, Step.Kind.LOCK), Tuple.of(1, Step.Kind.FOREIGN_LOCK), Tuple.of(1, Step.Kind.TELL_AGAIN),
                Tuple.of(1, Step.Kind.DELAY), Tuple.of(1, Step.Kind.RECOVER), Tuple.of(2, Step.Kind.ROLLBACK));
        return Combinators.combine(kind, Arbitraries.of(EscrowAction.values())).as(Step::new).list().ofMinSize(1).ofMaxSize(40)
                .map(steps -> Stream.concat(Stream.of(new Step(Step.Kind.LOCK, EscrowAction.Lock)).filter(_ -> steps.size() % 4 != 0),
                        steps.stream()).toList());
    }

    private final class Life {

        private final MovingClock clock = new MovingClock();
        private final Configuration node = with(DefaultConfigurer.defaultConfiguration(false))
                .configureEmbeddedEventStore(_ -> new InMemoryEventStorageEngine())
                .registerComponent(Clock.class, _ -> clock)
                .registerComponent(TimeRules.class, _ -> TimeRules.STANDARD)
                .configureAggregate(aggregate())
                .start();
        private final List<Told> told = new ArrayList<>();

        private OnChainState chain;
        private String result = "";
        private int newest;
        private int counter;

        /** After a rollback something may be wanted that has to wait until the lost blocks' transactions come again. */
        private boolean rolledBack;

        /** What was told, and how the chain stood before. @param number of its transaction */
        private record Told(int number, Object observation, OnChainState chain, String result, int newest, EscrowStatus escrow) {}

        Life() {
            send(create());
            signedLock().ifPresent(this::send);
        }

        void happens(Step step) {
            switch (step.kind()) {
                case TIME_PASSES -> clock.passes();
                case REQUEST -> request(step.action(), counter % 2 == 0 ? RESULT_HASH : OTHER_HASH).ifPresent(this::askTwice);
                case SIGN -> ask(initiated(step.action(), hash(100 + ++counter)));
                case FAIL -> ask(failed(step.action()));
                case DELAY -> ask(delayed(step.action()));
                case RECOVER -> ask(recover(step.action().ordinal() % 2 == 0));
                case ROLLBACK -> rollBack(step.action().ordinal() % 4);
                case EXPIRE -> ask(expire(blockAt(clock.millis())));
                case LOCK -> lock();
                case FOREIGN_LOCK -> tell(about(record(new LockObservation(output(++counter), datum(), LOCKED, false, false,
                        transaction(counter, EscrowAction.Lock)))));
                case MOVE -> move(step.action());
                case TELL_AGAIN -> tellAgain();
            }
        }

        private void lock() {
            LockObservation seen = SaleExample.lock(++counter);
            Told now = about(record(seen));
            if (chain == null) {
                chain = OnChainState.FundsLocked;
                newest = counter;
            }
            tell(now);
        }

        /** The blocks of the newest few observations are gone; what they led to must be as if they had never been. */
        private void rollBack(int observations) {
            if (observations == 0 || told.isEmpty()) {
                return;
            }
            List<Told> lost = told.subList(Math.max(0, told.size() - observations), told.size());
            Told first = lost.getFirst();
            chain = first.chain();
            result = first.result();
            newest = first.newest();
            rolledBack = true;
            NextAction before = standing().next();
            ChainPoint backTo = transaction(first.number() - 1, EscrowAction.Lock).at();
            send(undo(backTo));
            long events = events().count();
            send(undo(backTo));
            assertThat(events().count()).as("events after the same rollback again").isEqualTo(events);
            assertThat(standing().escrow()).as("as it stood before the lost blocks").isEqualTo(first.escrow());
            if (before.isPending()) {
                assertThat(standing().next()).as("what was wanted since").isEqualTo(before);
            }
            lost.clear();
        }

        private Told about(Object observation) {
            return new Told(counter, observation, chain, result, newest, standing().escrow());
        }

        private void move(EscrowAction action) {
            if (chain == null || chain.isTerminal()) {
                return;
            }
            Optional<OnChainState> to = EscrowStateTable.rows().filter(row -> row.from() == chain && row.action() == action)
                    .map(EscrowStateTable.Row::to).findAny();
            if (to.isEmpty() || action == EscrowAction.WithdrawRefund && !result.isEmpty()) {
                return;
            }
            TransitionObservation seen = transition(++counter, newest, action, to.get(), resultAfter(action));
            Told now = about(record(seen));
            result = resultAfter(action);
            chain = to.get();
            newest = counter;
            tell(now);
            assertThat(standing().next().isPending(action)).as("%s still wanted after the chain showed it", action).isFalse();
        }

        private String resultAfter(EscrowAction action) {
            return switch (action) {
                case SubmitResult -> RESULT_HASH;
                case AuthorizeRefund -> "";
                default -> result;
            };
        }

        private void tellAgain() {
            long before = events().count();
            told.forEach(each -> send(each.observation()));
            assertThat(events().count()).as("events after being told again").isEqualTo(before);
        }

        /** The chain is never contradicted by an exception, and telling twice is as telling once. */
        private void tell(Told now) {
            send(now.observation());
            told.add(now);
            long before = events().count();
            send(now.observation());
            assertThat(events().count()).isEqualTo(before);
        }

        /** Whoever lost the answer may ask again. */
        private void askTwice(Object command) {
            if (ask(command)) {
                long before = events().count();
                assertThat(ask(command)).as("granted again").isTrue();
                assertThat(events().count()).as("events after the same request again").isEqualTo(before);
            }
        }

        private boolean ask(Object command) {
            long before = events().count();
            try {
                node.commandGateway().sendAndWait(command);
                return true;
            } catch (RejectedException rejected) {
                assertThat(rejected.rejection().message()).isNotBlank();
                assertThat(events().count()).as("a refused command changes nothing").isEqualTo(before);
                return false;
            }
        }

        private void send(Object command) {
            node.commandGateway().sendAndWait(command);
        }

        private Stream<?> events() {
            return node.eventStore().readEvents(recordId()).asStream().map(message -> message.getPayload());
        }

        private Standing standing() {
            return fold(events());
        }

        void check(Step step) {
            Standing standing = standing();
            NextAction next = standing.next();

            assertThat(standing).as("folded again").isEqualTo(fold(events()));
            assertThat(standing.escrow().state()).as("on-chain state after %s", step).isEqualTo(chain);
            assertThat(standing.escrow().output()).isEqualTo(chain == null || chain.isTerminal() ? null : output(newest));
            if (chain != null) {
                assertThat(standing.escrow().resultHash() == null ? "" : standing.escrow().resultHash()).isEqualTo(result);
            }
            if (next.isPending()) {
                if (!rolledBack) {
                    assertThat(EscrowTable.V1.next(chain, next.action())).as("%s wanted in %s", next.action(), chain).isPresent();
                }
                assertThat(next.resultHash() != null).isEqualTo(next.action() == EscrowAction.SubmitResult);
            }
            if (next.phase() != NextAction.Phase.WaitingForManualAction) {
                assertThat(next.transactionHash() != null).isEqualTo(next.phase() == NextAction.Phase.Initiated);
            }
            assertThat(next.errorType() == null).isEqualTo(next.errorNote() == null);
            if (next.phase() == NextAction.Phase.WaitingForManualAction) {
                assertThat(next.errorType()).isNotNull();
            } else if (next.phase() != NextAction.Phase.Requested) {
                assertThat(next.errorType()).isNull();
            }
            if (chain != null && chain.isTerminal()) {
                assertThat(next).isEqualTo(NextAction.NONE);
            }
        }
    }

    private static final class MovingClock extends Clock {

        private Instant now = NOW;

        void passes() {
            now = now.plus(Duration.ofHours(4));
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
