package io.masumi.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.access.ApiKeyEvent;
import io.masumi.node.dispute.DisputeEvent;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.purchase.OfferEvent;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.source.PaymentSourceEvent;
import io.masumi.node.wallet.HotWalletEvent;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Events are for ever. For each there is an example in {@code src/test/resources/events}, named by its stored name and
 * revision. An example is never edited; {@link EventName} says what becomes of it when what an event holds changes.
 */
class StoredEventsTest {

    static Stream<Class<?>> events() {
        return Stream.of(PaymentEvent.class, PurchaseEvent.class, OfferEvent.class, RegistrationEvent.class, PaymentSourceEvent.class,
                HotWalletEvent.class,
                ApiKeyEvent.class, DisputeEvent.class).flatMap(family -> Arrays.stream(family.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventHasAStoredNameOfItsSubject(Class<?> event) {
        EventName name = event.getAnnotation(EventName.class);

        assertThat(name).as("@EventName of %s", event).isNotNull();
        assertThat(name.value()).matches("masumi\\." + subject(event) + "\\.[A-Z][A-Za-z]+");
        assertThat(name.revision()).matches("[1-9][0-9]*");
    }

    @Test
    void noTwoEventsShareAName() {
        assertThat(events().map(event -> event.getAnnotation(EventName.class).value())).doesNotHaveDuplicates();
    }

    @Test
    void noNamedEventIsForgottenHere() {
        JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.masumi.node");
        List<String> named = classes.stream().filter(each -> each.isAnnotatedWith(EventName.class)).map(each -> each.getFullName())
                .toList();

        assertThat(events().map(Class::getName)).containsExactlyInAnyOrderElementsOf(named);
    }

    @ParameterizedTest
    @MethodSource("events")
    void theStoredExampleReadsBackAndIsWrittenWithTheSameMembers(Class<?> event) throws JsonProcessingException {
        ObjectNode stored = NodeJson.resource("/events/" + fileName(event));

        Object read = NodeJson.MAPPER.treeToValue(stored, event);

        assertThat(NodeJson.MAPPER.readTree(NodeJson.MAPPER.writeValueAsString(read))).isEqualTo(stored);
        assertThat(NodeJson.MAPPER.readTree(NodeJson.WITH_GETTERS.writeValueAsString(read)))
                .as("what looks like a getter must not be stored").isEqualTo(stored);
    }

    @ParameterizedTest
    @MethodSource("events")
    void theExampleShowsEveryMember(Class<?> event) {
        ObjectNode stored = NodeJson.resource("/events/" + fileName(event));

        assertThat(stored.properties()).hasSize(event.getRecordComponents().length)
                .noneMatch(member -> member.getValue().isNull());
    }

    static Stream<String> earlierForms() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(Path.of(StoredEventsTest.class.getResource("/events-before").toURI()))) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("earlierForms")
    void whatWasStoredBeforeAMemberWasAddedReadsBack(String file) throws JsonProcessingException {
        ObjectNode stored = NodeJson.resource("/events-before/" + file);
        Class<?> event = events().filter(each -> file.startsWith(fileName(each).replace(".json", "-"))).findFirst().orElseThrow();

        Object read = NodeJson.MAPPER.treeToValue(stored, event);

        assertThat(NodeJson.MAPPER.readTree(NodeJson.MAPPER.writeValueAsString(read))).isEqualTo(stored);
    }

    /** Disputes that were recorded before their resolution was. */
    @Test
    void aDisputeWithoutItsResolutionReadsBack() throws JsonProcessingException {
        ObjectNode stored = NodeJson.resource("/events/masumi.payment.DisputeResolved-1.json");
        ((ObjectNode) stored.get("transition")).remove("resolution");

        PaymentEvent.DisputeResolved read = NodeJson.MAPPER.treeToValue(stored, PaymentEvent.DisputeResolved.class);

        assertThat(read.transition().resolution()).isNull();
        assertThat(NodeJson.MAPPER.readTree(NodeJson.MAPPER.writeValueAsString(read))).isEqualTo(stored);
    }

    /** Views and sagas hold escrows that were stored before the newest action was kept, and some that were stored with it. */
    @Test
    void anEscrowWithAndWithoutTheActionThatItCameByReadsBack() throws JsonProcessingException {
        ObjectNode stored = NodeJson.resource("/stored-escrow.json");

        EscrowStatus without = NodeJson.MAPPER.treeToValue(stored, EscrowStatus.class);
        assertThat(without.cameBy()).isNull();
        assertThat(NodeJson.MAPPER.readTree(NodeJson.MAPPER.writeValueAsString(without))).isEqualTo(stored);

        EscrowStatus with = NodeJson.MAPPER.treeToValue(stored.put("cameBy", "Lock"), EscrowStatus.class);
        assertThat(with.cameBy()).isEqualTo(EscrowAction.Lock);
        assertThat(NodeJson.MAPPER.readTree(NodeJson.MAPPER.writeValueAsString(with))).isEqualTo(stored);
    }

    @Test
    void everyStoredExampleBelongsToAnEvent() throws IOException, URISyntaxException {
        Path directory = Path.of(StoredEventsTest.class.getResource("/events").toURI());
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(events().map(StoredEventsTest::fileName).toList());
        }
    }

    private static String fileName(Class<?> event) {
        EventName name = event.getAnnotation(EventName.class);
        return name.value() + "-" + name.revision() + ".json";
    }

    private static String subject(Class<?> event) {
        return event.getPackageName().substring(event.getPackageName().lastIndexOf('.') + 1);
    }
}
