package io.masumi.node.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README's table is the one that the code holds to. */
class EscrowTableTest {

    @Test
    void isReadmes() throws IOException {
        Set<String> told = Files.readString(Path.of("../README.md")).lines()
                .dropWhile(line -> !line.startsWith("| from | action (who signs)"))
                .skip(2).takeWhile(line -> line.startsWith("|")).flatMap(EscrowTableTest::told).collect(Collectors.toSet());

        assertThat(told).containsExactlyInAnyOrderElementsOf(Stream.concat(
                Stream.of(line("–", EscrowAction.Lock, OnChainState.FundsLocked, EscrowTable.V1.lock())),
                EscrowTable.V1.rows().stream().flatMap(row -> row.from().stream()
                        .map(from -> line(from.name(), row.action(), row.to(), row.when()))))
                .toList());
    }

    /** One line for each state that a row of README begins with. */
    private static Stream<String> told(String row) {
        String[] cells = row.split("\\|");
        String rest = " | " + cells[2].strip().replace("admins, m of n", "admins") + " | "
                + cells[3].strip().replace(", result cleared", "")
                + " | " + times(cells[4]);
        return Arrays.stream(cells[1].split(",")).map(from -> from.strip() + rest);
    }

    private static String line(String from, EscrowAction action, OnChainState to, TimeLimit when) {
        String words = action.name().replaceAll("(?<=.)([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return from + " | " + words + " (" + action.signer().name().toLowerCase(Locale.ROOT) + ") | " + to + " | "
                + times(when.from() + " " + when.until() + " " + when.untilWithResult());
    }

    private static String times(String text) {
        return Arrays.stream(SaleTime.values()).map(SaleTime::name).filter(text::contains).collect(Collectors.joining(" "));
    }

    @Test
    void ofAnotherFamilyIsNotGuessed() {
        assertThat(EscrowTable.of(PaymentSourceType.Web3CardanoV1)).isSameAs(EscrowTable.V1);
        assertThatThrownBy(() -> EscrowTable.of(PaymentSourceType.Web3CardanoV2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyASecondRefundRequestIsNeverAskedFor() {
        assertThat(EscrowTable.V1.rows()).filteredOn(row -> !row.askedFor()).singleElement()
                .satisfies(row -> assertThat(row.from()).containsExactly(OnChainState.Disputed))
                .extracting(EscrowTable.Row::action).isEqualTo(EscrowAction.RequestRefund);
    }
}
