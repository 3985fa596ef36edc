package io.masumi.node.platform.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.ErrorCode;
import org.axonframework.axonserver.connector.command.AxonServerCommandDispatchException;
import org.axonframework.axonserver.connector.command.CommandSerializer;
import org.axonframework.axonserver.connector.query.QuerySerializer;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.GenericQueryMessage;
import org.axonframework.queryhandling.QueryResponseMessage;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.serialization.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

import io.axoniq.axonserver.connector.AxonServerException;
import io.axoniq.axonserver.connector.ErrorCategory;
import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.masumi.node.RejectedException;
import io.masumi.node.Rejection;
import io.masumi.node.platform.NotNowException;
import io.masumi.node.platform.NotStoredException;
import io.masumi.node.platform.OutdatedAggregateException;
import io.masumi.node.platform.serialization.MessageSerializer;
import io.masumi.node.platform.serialization.StoredJson;

class FailureKindsTest {

    private static final String SECRET = "abandon ability able";
    private static final FailureKind OF_ANOTHER_MODULE = FailureKind.of("of-another-module", OfAnotherModule.class, OfAnotherModule::new);

    private static final class OfAnotherModule extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OfAnotherModule(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What handlers throw, or what comes of their transaction or commit, and what senders get. */
    static Stream<Arguments> ofHandlers() {
        SQLException refused = new SQLException("sorry, too many clients", "53300");
        return Stream.of(
                Arguments.of(Rejection.conflict("taken", "c7"), RejectedException.class),
                Arguments.of(new CommandExecutionException("no", null, new Rejection(Rejection.Kind.INVALID, "no", null)),
                        RejectedException.class),
                Arguments.of(new AggregateNotFoundException("c7", "no payment c7"), AggregateNotFoundException.class),
                Arguments.of(new AggregateStreamCreationException("c7 exists"), AggregateStreamCreationException.class),
                Arguments.of(new ConcurrencyException("a race"), ConcurrencyException.class),
                Arguments.of(new EventStoreException("not written", new SQLException("deadlock", "40P01")), ConcurrencyException.class),
                Arguments.of(grpc(Status.OUT_OF_RANGE, "AXONIQ-2000"), ConcurrencyException.class),
                Arguments.of(new NotStoredException("no room", new SQLException("disk full", "53100")), NotStoredException.class),
                Arguments.of(grpc(Status.INVALID_ARGUMENT, "AXONIQ-2001"), NotStoredException.class),
                Arguments.of(grpc(Status.CANCELLED, "AXONIQ-9100"), NotStoredException.class),
                Arguments.of(new SerializationException("revision 2"), SerializationException.class),
                Arguments.of(new CannotCreateTransactionException("no connection"), DataAccessResourceFailureException.class),
                Arguments.of(new DataAccessResourceFailureException("gone"), DataAccessResourceFailureException.class),
                Arguments.of(new EventStoreException("not read", new SQLException("terminated", "57P01")),
                        DataAccessResourceFailureException.class),
                Arguments.of(new IllegalStateException("not read", refused), DataAccessResourceFailureException.class),
                Arguments.of(new TransactionSystemException("lost while committing"), UnknownOutcomeException.class),
                Arguments.of(new org.axonframework.messaging.ExecutionException("Timeout", new TimeoutException()),
                        UnknownOutcomeException.class),
                Arguments.of(grpc(Status.UNAVAILABLE.withDescription("Network closed for unknown reason"), null),
                        UnknownOutcomeException.class),
                Arguments.of(new NoHandlerForCommandException("nobody"), PartUnavailableException.class),
                Arguments.of(new PartUnavailableException("nobody", null), PartUnavailableException.class),
                Arguments.of(new UnknownOutcomeException("lost", null), UnknownOutcomeException.class),
                Arguments.of(new NotNowException("somebody else decides"), NotNowException.class),
                Arguments.of(new OutdatedAggregateException(7, "is at 6"), OutdatedAggregateException.class),
                Arguments.of(new OfAnotherModule("no answer", null), OfAnotherModule.class),
                Arguments.of(new CompletionException(new OfAnotherModule("no answer", null)), OfAnotherModule.class),
                Arguments.of(new IllegalStateException("word not in list: " + SECRET), HandlerFaultException.class),
                Arguments.of(new StackOverflowError(), HandlerFaultException.class));
    }

    /** What Axon Server and the way to it give the sender of a command. */
    static Stream<Arguments> ofTheWay() {
        StatusRuntimeException closed = grpc(Status.UNAVAILABLE.withDescription("Network closed for unknown reason"), null);
        StatusRuntimeException refused = grpc(
                Status.UNAVAILABLE.withDescription("io exception").withCause(new ConnectException("Connection refused")), null);
        return Stream.of(
                Arguments.of(code("AXONIQ-4000"), PartUnavailableException.class),
                Arguments.of(code("AXONIQ-4001"), UnknownOutcomeException.class),
                Arguments.of(code("AXONIQ-4002"), UnknownOutcomeException.class),
                Arguments.of(code("AXONIQ-4003"), UnknownOutcomeException.class),
                Arguments.of(code("AXONIQ-4005"), UnknownOutcomeException.class),
                Arguments.of(code("AXONIQ-2000"), ConcurrencyException.class),
                Arguments.of(code("AXONIQ-4004"), ConcurrencyException.class),
                Arguments.of(code("AXONIQ-0001"), UnknownOutcomeException.class),
                Arguments.of(code("AXONIQ-1001"), PartUnavailableException.class),
                Arguments.of(dispatch(closed), UnknownOutcomeException.class),
                Arguments.of(dispatch(refused), PartUnavailableException.class),
                Arguments.of(dispatch(new StatusRuntimeException(Status.UNAVAILABLE)), PartUnavailableException.class),
                Arguments.of(dispatch(grpc(Status.CANCELLED, null)), UnknownOutcomeException.class),
                Arguments.of(dispatch(grpc(Status.PERMISSION_DENIED, null)), PartUnavailableException.class),
                Arguments.of(dispatch(null), UnknownOutcomeException.class),
                Arguments.of(new CompletionException(dispatch(refused)), PartUnavailableException.class),
                Arguments.of(new AxonServerCommandDispatchException("AXONIQ-4003", "not begun", new IllegalStateException()),
                        PartUnavailableException.class));
    }

    private final FailureKinds kinds = new FailureKinds(List.of(OF_ANOTHER_MODULE));
    private final MessageSerializer serializer = new MessageSerializer(StoredJson.mapper(), List.of(), getClass().getClassLoader());
    private final AxonServerConfiguration settings = AxonServerConfiguration.builder().clientId("p").componentName("node").build();

    @ParameterizedTest
    @MethodSource("ofHandlers")
    void ofACommandKeepTheirTypeInOneProcess(Throwable thrown, Class<? extends Throwable> type) {
        Throwable seen = caught(thrown, false);

        assertThat(seen).isExactlyInstanceOf(type);
        assertSaysWhy(thrown, seen);
        if (!(seen instanceof RejectedException || seen instanceof NotNowException)) {
            assertThat(seen).hasRootCauseInstanceOf(innermost(thrown).getClass());
        }
    }

    @ParameterizedTest
    @MethodSource("ofHandlers")
    void ofACommandKeepTheirTypeOverAxonServer(Throwable thrown, Class<? extends Throwable> type) throws Exception {
        AtomicReference<CommandResultMessage<?>> handled = new AtomicReference<>();
        handling(thrown, true).dispatch(new GenericCommandMessage<>("command"), (_, result) -> handled.set(result));
        CommandSerializer commands = new CommandSerializer(serializer, settings);
        byte[] sent = commands.serialize(handled.get(), "command").toByteArray();

        RuntimeException seen = kinds.restored(commands.deserialize(CommandResponse.parseFrom(sent)).exceptionResult());

        assertThat(seen).isExactlyInstanceOf(type);
        assertSaysWhy(thrown, seen);
        assertThat(new String(sent)).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("ofHandlers")
    void ofAQueryKeepTheirTypeInBoth(Throwable thrown, Class<? extends Throwable> type) throws Exception {
        // An unknown outcome of a query does no harm.
        Class<? extends Throwable> expected = type == UnknownOutcomeException.class ? PartUnavailableException.class : type;
        Throwable within = DefaultQueryGateway.builder()
                .queryBus(new RestoringQueryBus(answering(thrown, false), kinds, Duration.ofMinutes(1))).build()
                .query("query", "query", ResponseTypes.instanceOf(String.class)).handle((_, failure) -> failure).join();
        QuerySerializer queries = new QuerySerializer(serializer, serializer, settings);
        QueryResponseMessage<String> answer = answering(thrown, true)
                .query(new GenericQueryMessage<>("query", "query", ResponseTypes.instanceOf(String.class)))
                .join();
        byte[] sent = queries.serializeResponse(answer, "query").toByteArray();
        RuntimeException over = kinds.restoredOfQuery(queries.deserializeResponse(QueryResponse.parseFrom(sent)).exceptionResult());

        assertThat(within).isExactlyInstanceOf(expected);
        assertThat(over).isExactlyInstanceOf(expected).hasMessageNotContaining(SECRET);
        assertSaysWhy(thrown, within);
        assertSaysWhy(thrown, over);
        assertThat(new String(sent)).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("ofTheWay")
    void ofTheWayToAxonServerAreToldFromThoseOfHandlers(Throwable arrived, Class<? extends Throwable> type) {
        assertThat(kinds.restored(arrived)).isExactlyInstanceOf(type);
    }

    @Test
    void aQueryForWhichNobodyIsThereIsAnsweredInWords() throws Exception {
        ExplainingQueryBus bus = new ExplainingQueryBus(SimpleQueryBus.builder(), kinds, true);
        QueryResponseMessage<String> answer = bus.query(new GenericQueryMessage<>("query", "query", ResponseTypes.instanceOf(String.class)))
                .get();

        assertThat(kinds.restoredOfQuery(answer.exceptionResult())).isExactlyInstanceOf(PartUnavailableException.class);
    }

    @Test
    void anAnswerThatNeverComesIsAnUnknownOutcomeAndOneThatComesAfterThatIsNone() throws Exception {
        CompletableFuture<Runnable> late = new CompletableFuture<>();
        var silent = new SimpleCommandBus(SimpleCommandBus.builder()) {
            @Override
            public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
                late.complete(() -> callback.onResult(command, new GenericCommandResultMessage<>((R) null)));
            }
        };
        LinkedBlockingQueue<CommandResultMessage<?>> heard = new LinkedBlockingQueue<>();
        AtomicReference<Thread> by = new AtomicReference<>();

        new RestoringCommandBus(silent, kinds, Duration.ofMillis(1)).dispatch(new GenericCommandMessage<>("command"), (_, result) -> {
            by.set(Thread.currentThread());
            heard.add(result);
        });

        assertThat(heard.poll(10, TimeUnit.SECONDS).exceptionResult()).isExactlyInstanceOf(UnknownOutcomeException.class);
        assertThat(by.get().getName()).as("nobody else's time-outs wait for this").doesNotContainIgnoringCase("delayscheduler");
        late.join().run();
        assertThat(heard).isEmpty();
    }

    private Throwable caught(Throwable thrown, boolean elsewhere) {
        CommandGateway gateway = DefaultCommandGateway.builder()
                .commandBus(new RestoringCommandBus(handling(thrown, elsewhere), kinds, Duration.ofMinutes(1))).build();
        return gateway.send("command").handle((_, failure) -> failure).join();
    }

    private ExplainingCommandBus handling(Throwable thrown, boolean elsewhere) {
        ExplainingCommandBus bus = new ExplainingCommandBus(SimpleCommandBus.builder(), kinds, elsewhere);
        bus.subscribe(String.class.getName(), _ -> {
            throw sneaky(thrown);
        });
        return bus;
    }

    private ExplainingQueryBus answering(Throwable thrown, boolean elsewhere) {
        ExplainingQueryBus bus = new ExplainingQueryBus(SimpleQueryBus.builder(), kinds, elsewhere);
        bus.<String>subscribe("query", String.class, _ -> {
            throw sneaky(thrown);
        });
        return bus;
    }

    private static void assertSaysWhy(Throwable thrown, Throwable seen) {
        if (seen instanceof HandlerFaultException) {
            assertThat(seen).hasMessageContaining(innermost(thrown).getClass().getSimpleName());
        } else if (seen instanceof RejectedException rejected) {
            assertThat(rejected.rejection()).isEqualTo(((CommandExecutionException) thrown).<Rejection>getDetails().orElseThrow());
        }
    }

    private static Throwable innermost(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).reduce((_, deeper) -> deeper).orElseThrow();
    }

    private static Exception sneaky(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (Exception) thrown;
    }

    private static Exception code(String code) {
        return ErrorCode.getFromCode(code).convert(ErrorMessage.newBuilder().setMessage("Axon Server says no").build());
    }

    private static AxonServerException dispatch(Throwable cause) {
        return new AxonServerException(ErrorCategory.COMMAND_DISPATCH_ERROR, "Received exception while dispatching command", "p", cause);
    }

    private static StatusRuntimeException grpc(Status status, String code) {
        Metadata trailers = new Metadata();
        Optional.ofNullable(code).ifPresent(it -> trailers.put(Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER), it));
        return new StatusRuntimeException(status, trailers);
    }
}
