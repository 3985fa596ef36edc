package io.masumi.node.chain.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.bloxbean.cardano.client.spec.Era;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionBody;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import com.bloxbean.cardano.client.transaction.spec.TransactionWitnessSet;
import com.bloxbean.cardano.client.transaction.util.TransactionUtil;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.chain.SaleExample;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.TestPostgres;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The two state machines of the outbox: each step is taken from where its table allows it, cannot be written from anywhere else, and is drawn. */
class OutboxStatesTest {

    private static final MutableClock CLOCK = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private static final JdbcClient JDBC = database();
    private static final ActionStore ACTIONS = new ActionStore(JDBC, CLOCK);
    private static final TransactionStore TRANSACTIONS = new TransactionStore(JDBC, new ReservationStore(JDBC), CLOCK);
    private static final ChainPoint BLOCK = new ChainPoint(1000, "ee".repeat(32), 100, 1_000_000);
    private static final Pattern EDGE = Pattern.compile("(\\w+) --> (\\w+): (\\w+)");
    private static int made;

    @ParameterizedTest
    @EnumSource(ActionStep.class)
    void anActionMovesAsItsTableSays(ActionStep step) {
        for (ActionStatus from : ActionStatus.values()) {
            String hash = "transaction" + ++made;
            String id = action(from, hash);
            take(step, id, hash);
            Set<ActionStatus> allowed = step.from().contains(from) ? step.to() : Set.of(from);
            assertThat(allowed).as("%s from %s", step, from).contains(ActionStatus.valueOf(status("chain_action", "id", id)));
        }
    }

    @ParameterizedTest
    @EnumSource(TransactionStep.class)
    void aTransactionMovesAsItsTableSays(TransactionStep step) throws Exception {
        for (TransactionStatus from : TransactionStatus.values()) {
            String hash = transaction(from);
            switch (step) {
                case ACCEPT -> TRANSACTIONS.accepted(hash, CLOCK.instant());
                case CONFIRM -> TRANSACTIONS.confirmed(hash, BLOCK, true);
                case FAIL -> TRANSACTIONS.confirmed(hash, BLOCK, false);
                case DROP -> assertThat(TRANSACTIONS.dropped(hash, "the test says so")).isEqualTo(step.from().contains(from));
                case ROLL_BACK -> {
                    JDBC.sql("UPDATE chain_transaction SET block_height = ? WHERE hash = ?").params(BLOCK.blockHeight(), hash).update();
                    TRANSACTIONS.reopenAbove(SaleExample.SOURCE_ID, BLOCK.blockHeight() - 1);
                }
            }
            Set<TransactionStatus> allowed = step.from().contains(from) ? step.to() : Set.of(from);
            assertThat(allowed).as("%s from %s", step, from)
                    .contains(TransactionStatus.valueOf(status("chain_transaction", "hash", hash)));
        }
    }

    static Stream<List<? extends Step>> machines() {
        return Stream.of(Arrays.asList(ActionStep.values()), Arrays.asList(TransactionStep.values()));
    }

    /** The picture in docs/architecture.md has just these edges. */
    @ParameterizedTest
    @MethodSource("machines")
    void theyAreDrawn(List<? extends Step> steps) throws IOException {
        String docs = Files.readString(Path.of("..", "docs", "architecture.md"));
        String name = steps.getFirst().getClass().getSimpleName();
        Matcher picture = Pattern.compile("`" + name + "`.*?```mermaid\nstateDiagram-v2\n(.*?)```", Pattern.DOTALL).matcher(docs);
        assertThat(picture.find()).as("a picture of %s", name).isTrue();
        Set<String> drawn = EDGE.matcher(picture.group(1)).results().map(edge -> edge.group(1) + edge.group(3) + edge.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> table = steps.stream().flatMap(step -> step.from().stream().flatMap(from -> step.to().stream()
                .map(to -> from.name() + step + to.name()))).collect(Collectors.toCollection(TreeSet::new));
        assertThat(drawn).isEqualTo(table);
    }

    private static void take(ActionStep step, String id, String hash) {
        switch (step) {
            case SIGN -> ACTIONS.signed(List.of(id), hash);
            case SUBMIT -> ACTIONS.submitted(hash);
            case CONFIRM -> ACTIONS.confirmed(hash);
            case RELEASE -> ACTIONS.released(hash, "the test says so", true, Duration.ZERO);
            case CALL_OFF -> ACTIONS.abandoned(id, "the test says so");
            case FAIL -> ACTIONS.failed(id, "the test says so");
            case TAKE_BACK -> ACTIONS.takeBack(id);
            case REVIVE -> ACTIONS.revive(request());
            case ROLL_BACK -> ACTIONS.rolledBack(List.of(hash));
        }
    }

    private static String action(ActionStatus status, String hash) {
        ActionRequest request = request();
        ACTIONS.insert(request);
        JDBC.sql("UPDATE chain_action SET status = ?, transaction_hash = ? WHERE id = ?")
                .params(status.name(), status == ActionStatus.Wanted ? null : hash, request.id()).update();
        return request.id();
    }

    private static ActionRequest request() {
        return new ActionRequest(ActionRole.Payment, "record" + made, made, SaleExample.SOURCE_ID, List.of("wallet"),
                new ChainAction.RequestRefund(), 0, null);
    }

    private static String transaction(TransactionStatus status) throws Exception {
        OutputRef input = new OutputRef("%064x".formatted(++made), 0);
        byte[] bytes = Transaction.builder().era(Era.Conway)
                .body(TransactionBody.builder().inputs(List.of(new TransactionInput(input.transactionHash(), input.index())))
                        .outputs(List.of()).fee(BigInteger.ONE).build())
                .witnessSet(new TransactionWitnessSet()).build().serialize();
        String hash = TransactionUtil.getTxHash(bytes);
        TRANSACTIONS.insert(SaleExample.SOURCE_ID, SaleExample.SELLING_WALLET,
                new SignedTransaction(bytes, hash, 5000, 1, List.of(input), List.of(), List.of(), null), 1);
        JDBC.sql("UPDATE chain_transaction SET status = ? WHERE hash = ?").params(status.name(), hash).update();
        return hash;
    }

    private static String status(String table, String key, String id) {
        return JDBC.sql("SELECT status FROM " + table + " WHERE " + key + " = ?").param(id).query(String.class).single();
    }

    private static JdbcClient database() {
        SingleConnectionDataSource connection = new SingleConnectionDataSource(TestPostgres.newDatabase(), true);
        Flyway.configure().dataSource(connection).locations("classpath:db/migration/chain").load().migrate();
        return JdbcClient.create(connection);
    }
}
