package io.masumi.node.platform.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.masumi.node.EventName;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseEvent;

/** For every revision of an event before its present one there is an example, which is never edited, and it is read. */
class EarlierRevisionsTest {

    private static final Serializer SERIALIZER = new EventNameSerializer(
            EventNames.inPackage("io.masumi.node", EarlierRevisionsTest.class.getClassLoader()),
            SagaNames.inPackage("io.masumi.node", EarlierRevisionsTest.class.getClassLoader()), StoredJson.mapper(),
            EarlierRevisionsTest.class.getClassLoader());

    static List<String> examples() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(Path.of(EarlierRevisionsTest.class.getResource("/earlier-revisions").toURI()))) {
            return files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void areReadAsThePresentOne(String example) throws IOException {
        Object event = read(example);

        assertThat(event.getClass().getAnnotation(EventName.class).value()).isEqualTo(example.substring(0, example.lastIndexOf('-')));
        assertThat(event).hasNoNullFieldsOrProperties();
    }

    @Test
    void eachHasAnExample() throws IOException, URISyntaxException {
        Stream<EventName> events = AnnotatedClasses.inPackage("io.masumi.node", EventName.class, getClass().getClassLoader()).stream()
                .map(type -> type.getAnnotation(EventName.class)).filter(event -> event.value().startsWith("masumi."));

        assertThat(examples()).containsExactlyInAnyOrderElementsOf(events.flatMap(event -> IntStream
                .range(1, Integer.parseInt(event.revision())).mapToObj(earlier -> event.value() + "-" + earlier)).toList());
    }

    @Test
    void ofUndoneFactsKeepWhatWasUndone() throws IOException {
        ChainPoint backTo = new ChainPoint(1001, "ff".repeat(32), 101, 1_772_366_401_000L);

        assertThat(read("masumi.payment.FactsUndone-1")).isEqualTo(new PaymentEvent.FactsUndone(
                new PaymentId("c4b1e444b6156597ad3dd1192b49bb8ba"), backTo, List.of("04".repeat(32), "05".repeat(32))));
        assertThat(((PurchaseEvent.FactsUndone) read("masumi.purchase.FactsUndone-1")).backTo()).isEqualTo(backTo);
    }

    private static Object read(String example) throws IOException {
        int dash = example.lastIndexOf('-');
        byte[] payload = EarlierRevisionsTest.class.getResourceAsStream("/earlier-revisions/" + example + ".json").readAllBytes();
        GenericDomainEventEntry<byte[]> stored = new GenericDomainEventEntry<>("Some", "some-1", 0, "event-1", Instant.EPOCH,
                example.substring(0, dash), example.substring(dash + 1), payload, "{}".getBytes());
        return EventStreamUtils.upcastAndDeserializeDomainEvents(Stream.of(stored), SERIALIZER, new EarlierRevisions()).asStream()
                .map(DomainEventMessage::getPayload).findFirst().orElseThrow();
    }
}
