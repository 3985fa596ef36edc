package io.masumi.node.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.chain.cardano.key.EncryptionKey;
import io.masumi.node.chain.cardano.key.Secret;
import io.masumi.node.chain.cardano.key.SecretsInMessages;
import io.masumi.node.chain.wallet.GeneratedWallet;
import io.masumi.node.gateway.wire.NodeMessages.Handled;
import io.masumi.node.platform.serialization.MessageJson;
import io.masumi.node.platform.serialization.MessageSerializer;
import io.masumi.node.platform.serialization.StoredJson;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.SubscriptionQueryMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message of the node gets to another process as it was sent, and so does every answer. They are found by their handlers, and
 * examples of them are made up, so that a new message is tested as soon as something handles it.
 */
@Tag("slow")
class MessagesTest {

    private static final MessageExamples EXAMPLES = new MessageExamples();

    private static final SecretsInMessages SECRETS = new SecretsInMessages(
            () -> new EncryptionKey("a-key-for-tests-only-0123456789abcdef"));

    private final Connector connector = new Connector(
            new MessageSerializer(StoredJson.mapper(), List.of(new MessageJson(SECRETS)), MessagesTest.class.getClassLoader()));

    /** Nobody on the way may read a secret, and nobody may log one by accident. */
    @AfterEach
    void noSecretWasSentInClear() {
        assertThat(connector.sent()).doesNotContain(MessageExamples.SECRET);
    }

    static Stream<Handled> commands() {
        return NodeMessages.commands().stream();
    }

    static Stream<Handled> queries() {
        return NodeMessages.queries().stream();
    }

    @Test
    void areAllFound() {
        assertThat(NodeMessages.commands()).hasSizeGreaterThan(50);
        assertThat(NodeMessages.queries()).hasSizeGreaterThan(30);
        assertThat(NodeMessages.whoSubscribesByHand()).as("classes whose handlers only NodeMessages can tell of")
                .containsExactly("HealthAutoConfiguration");
    }

    @Test
    void secretsAreSentAndSealed() throws Exception {
        GeneratedWallet wallet = new GeneratedWallet(new Secret(MessageExamples.SECRET), "an address", "a key");
        assertThat(connector.update(wallet)).isEqualTo(wallet);
        assertThat(connector.sent()).contains("an address").doesNotContain(MessageExamples.SECRET);
        Connector otherKey = new Connector(new MessageSerializer(StoredJson.mapper(), List.of(new MessageJson(
                new SecretsInMessages(() -> new EncryptionKey("another-key-for-tests-0123456789abc")))), getClass().getClassLoader()));
        assertThatThrownBy(() -> otherKey.received(connector.serialized(wallet)).getPayload())
                .hasStackTraceContaining("the encryption key is another one");
        assertThatThrownBy(() -> StoredJson.mapper().writeValueAsString(wallet)).hasMessageContaining("not written in clear");
    }

    /** A member that is named as a secret is one. */
    @ParameterizedTest
    @MethodSource({"commands", "queries"})
    void secretsAreOfTheTypeThatHidesThem(Handled message) {
        Stream.of(message.message(), element(message.answer())).flatMap(NodeMessages::members).forEach(member -> {
            if (member.getName().matches("(?i).*(mnemonic|secret|password|passphrase|private|seed|providerkey).*")) {
                assertThat(member.getType()).as("%s", member).isEqualTo(Secret.class);
            }
        });
        Stream.of(message.message(), element(message.answer())).flatMap(type -> EXAMPLES.of(type).stream())
                .forEach(example -> assertThat(example.toString()).doesNotContain(MessageExamples.SECRET));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandsAndTheirResultsSurvive(Handled command) throws Exception {
        for (Object sent : EXAMPLES.of(command.message())) {
            CommandMessage<?> received = connector.command(sent);
            assertThat(received.getPayload()).isEqualTo(sent);
            assertThat(received.getPayloadType()).isEqualTo(sent.getClass());
            assertThat(received.getMetaData()).containsExactlyInAnyOrderEntriesOf(Connector.METADATA);
        }
        for (Object result : EXAMPLES.of(command.answer())) {
            assertThat(connector.result(result).getPayload()).isEqualTo(result);
        }
        assertThat(connector.result(null).getPayload()).isNull();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void queriesSurvive(Handled query) throws Exception {
        for (Object sent : EXAMPLES.of(query.message())) {
            for (ResponseType<?> expected : expectations(query.answer())) {
                QueryMessage<?, ?> received = connector.query(sent, query.message().getName(), expected);
                assertThat(received.getPayload()).isEqualTo(sent);
                assertThat(received.getPayloadType()).isEqualTo(sent.getClass());
                assertThat(received.getMetaData()).containsExactlyInAnyOrderEntriesOf(Connector.METADATA);
                assertThat(received.getResponseType().matches(query.answer())).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void answersSurvive(Handled query) throws Exception {
        Class<?> element = element(query.answer());
        List<Object> answers = EXAMPLES.of(element);
        for (Object answer : answers) {
            assertAnswered(answer, ResponseTypes.instanceOf(element), answer);
            assertAnswered(answer, ResponseTypes.optionalInstanceOf(element), Optional.of(answer));
            assertAnswered(List.of(answer), ResponseTypes.multipleInstancesOf(element), List.of(answer));
        }
        assertAnswered(null, ResponseTypes.instanceOf(element), null);
        assertAnswered(null, ResponseTypes.optionalInstanceOf(element), Optional.empty());
        assertAnswered(List.of(), ResponseTypes.multipleInstancesOf(element), List.of());
        assertAnswered(answers, ResponseTypes.multipleInstancesOf(element), answers);
    }

    private <R> void assertAnswered(Object answer, ResponseType<R> expected, Object seen) throws Exception {
        ResponseType<?> asked = connector.query("any", "any", expected).getResponseType();
        assertThat(connector.answer(answer, asked, expected)).isEqualTo(seen);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void subscriptionsAndUpdatesSurvive(Handled query) throws Exception {
        Class<?> element = element(query.answer());
        Object sent = EXAMPLES.of(query.message()).getFirst();
        SubscriptionQueryMessage<?, ?, ?> received = connector.subscription(sent, query.message().getName(),
                ResponseTypes.optionalInstanceOf(element), ResponseTypes.instanceOf(element));
        assertThat(received.getPayload()).isEqualTo(sent);
        assertThat(received.getUpdateResponseType().getExpectedResponseType()).isEqualTo(element);
        for (Object answer : EXAMPLES.of(element)) {
            assertThat(connector.initialAnswer(answer, received.getResponseType())).isEqualTo(Optional.of(answer));
            assertThat(connector.update(answer)).isEqualTo(answer);
        }
        assertThat(connector.initialAnswer(null, received.getResponseType())).isEqualTo(Optional.empty());
    }

    private static List<ResponseType<?>> expectations(Type answer) {
        Class<?> element = element(answer);
        return isMany(answer)
                ? List.of(ResponseTypes.multipleInstancesOf(element))
                : List.of(ResponseTypes.instanceOf(element), ResponseTypes.optionalInstanceOf(element));
    }

    private static boolean isMany(Type answer) {
        return answer instanceof ParameterizedType generic && Collection.class.isAssignableFrom((Class<?>) generic.getRawType());
    }

    /** What one answer is, also in an {@code Optional} or a list. */
    private static Class<?> element(Type answer) {
        Type one = answer instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : answer;
        return one == boolean.class ? Boolean.class : (Class<?>) one;
    }
}
