package io.masumi.node.chain.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.test.saga.ContinuedGivenState;
import org.axonframework.test.saga.SagaTestFixture;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.masumi.node.Rejection;
import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand.SettleCredits;
import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.outbox.ActionRequest;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.ChainActions;
import io.masumi.node.chain.outbox.Intent;
import io.masumi.node.chain.outbox.Intents;
import io.masumi.node.chain.outbox.RecordCommands;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.source.PaymentSourceId;

/** One saga in Axon's fixture, which keeps in words what the saga says by the last event or deadline. */
final class SagaFixture<T> {

    /** When every example begins. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static final Requester ADMIN = new Requester("ckey0002", true);

    /** What is said to the outbox, such as {@code "Withdraw from 8h"}, and of ends that are awaited. */
    final List<String> said = new ArrayList<>();

    private final SagaTestFixture<T> axon;

    SagaFixture(Class<T> type) {
        axon = new SagaTestFixture<>(type);
        CommandGateway gateway = DefaultCommandGateway.builder().commandBus(axon.getCommandBus()).build();
        SagaCommands commands = new SagaCommands(gateway, new RecordCommands(gateway, null), Runnable::run);
        ChainSettings settings = new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("masumi.chain", ChainSettings.class);
        axon.registerResource(new SagaServices(new Said(), new SaleDeadlines(settings, new FixtureClock()),
                (_, id, _, _) -> said.add("end awaited"), commands, new KeyCosts(commands, CreditRules.STANDARD, new OwnAddresses(null)),
                null));
        axon.registerStartRecordingCallback(said::clear);
    }

    /** All commands are done. */
    ContinuedGivenState given(String id, Object... events) {
        return events.length == 0
                ? axon.givenCurrentTime(START)
                : axon.givenCurrentTime(START).andThenAggregate(id).published(events);
    }

    /** Records and keys refuse what the node asks them from now on. */
    SagaFixture<T> refusing(Class<?>... refused) {
        axon.setCallbackBehavior((payload, _) -> {
            if (List.of(refused).contains(payload.getClass())) {
                throw Rejection.invalid(payload instanceof SettleCredits ? "The API key's credits do not suffice" : "Not now");
            }
            return null;
        });
        return this;
    }

    private final class FixtureClock extends Clock {

        @Override
        public Instant instant() {
            return axon.currentTime();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("sagas know instants only");
        }
    }

    private final class Said implements ChainActions {

        @Override
        public void hear(ActionRole role, String aggregateId, long sequenceNumber, Consumer<Intents> event) {
            event.accept(new Intents() {

                @Override
                public void intend(Intent intent) {
                    said.add(switch (intent) {
                        case Intent.This(ActionRequest request) -> words(request);
                        case Intent.Again(ActionRequest request, String hash) -> words(request) + " again, " + hash;
                        case Intent.Nothing _ -> "nothing";
                        case Intent.AsBefore _ -> "as before";
                    });
                }

                @Override
                public void escrowStands(PaymentSourceId sourceId, OutputRef output, EscrowTransaction newest, long cooldownUntil) {
                    said.add("escrow " + (output == null ? "ended" : "stands")
                            + (cooldownUntil == 0 ? "" : ", waiting until " + cooldownUntil));
                }

                @Override
                public void escrowIsGone() {
                    said.add("escrow gone");
                }
            });
        }

        private static String words(ActionRequest request) {
            return request.action().getClass().getSimpleName() + (request.notBefore() == 0 ? "" : " from " + hours(request.notBefore()))
                    + (request.notAfter() == null ? "" : " until " + hours(request.notAfter()));
        }

        private static String hours(long time) {
            return Duration.between(START, Instant.ofEpochMilli(time)).toHours() + "h";
        }

        @Override
        public boolean hasHeard(Owner owner, long sequenceNumber) {
            throw new UnsupportedOperationException("no saga asks this");
        }

        @Override
        public List<Owner> live(Instant before, Owner after, int limit) {
            throw new UnsupportedOperationException("no saga asks this");
        }

        @Override
        public String mend(Owner owner, long newest, Intent intent) {
            throw new UnsupportedOperationException("no saga asks this");
        }
    }
}
