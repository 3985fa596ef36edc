package io.masumi.node.chain.outbox;

import static io.masumi.node.chain.outbox.ActionStep.CALL_OFF;
import static io.masumi.node.chain.outbox.ActionStep.CONFIRM;
import static io.masumi.node.chain.outbox.ActionStep.FAIL;
import static io.masumi.node.chain.outbox.ActionStep.RELEASE;
import static io.masumi.node.chain.outbox.ActionStep.REVIVE;
import static io.masumi.node.chain.outbox.ActionStep.ROLL_BACK;
import static io.masumi.node.chain.outbox.ActionStep.SIGN;
import static io.masumi.node.chain.outbox.ActionStep.SUBMIT;
import static io.masumi.node.chain.outbox.ActionStep.TAKE_BACK;

import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.source.PaymentSourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of chain actions. */
final class ActionStore {

    private static final int LONGEST_ERROR = 2000;

    private static final String ERROR = "error_type = :type, error = :why";
    private static final String NO_ERROR = "error_type = NULL, error = NULL";
    private static final String WANTED = "status = " + Step.literal(ActionStatus.Wanted);
    /** Its record still wants it. */
    private static final String LIVE = "status " + ActionStatus.LIVE + " AND NOT unwanted";
    private static final String WAITS_FOR_MONEY = WANTED + " AND error_type = " + Step.literal(ErrorType.InsufficientFunds);
    private static final String MERGES = "role = 'Wallet' AND aggregate_id = :wallet AND kind = 'MergeOutputs' AND status "
            + ActionStatus.LIVE;

    private final JdbcClient jdbc;
    private final JsonColumn<ChainAction> parameters = new JsonColumn<>(ChainAction.class);
    private final Clock clock;

    ActionStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return whether it was not there yet */
    boolean insert(ActionRequest request) {
        return jdbc.sql("""
                INSERT INTO chain_action (id, role, aggregate_id, source_id, wallet_ids, kind, parameters, not_before, not_after, status,
                                          retry_at, created_at, updated_at)
                VALUES (:id, :role, :aggregate, :source, :wallets, :kind, :parameters::jsonb, :notBefore, :notAfter, :status,
                        :retryAt, :now, :now)
                ON CONFLICT (id) DO NOTHING""")
                .param("id", request.id())
                .param("role", request.role().name())
                .param("aggregate", request.aggregateId())
                .param("source", request.sourceId().value())
                .param("wallets", request.walletIds().toArray(String[]::new))
                .param("kind", request.action().kind())
                .param("parameters", parameters.written(request.action()))
                .param("notBefore", request.notBefore())
                .param("notAfter", request.notAfter())
                .param("status", ActionStatus.Wanted.name()).param("retryAt", utc(Instant.ofEpochMilli(request.notBefore())))
                .param("now", now())
                .update() == 1;
    }

    /** Ends what is not signed yet, and marks what is, except for one action. @param exceptId may be null. @return how many */
    int abandon(ActionRole role, String aggregateId, String exceptId) {
        return jdbc.sql("UPDATE chain_action SET unwanted = TRUE, updated_at = :now, status = CASE WHEN status " + CALL_OFF.allowed()
                + " THEN " + CALL_OFF.target() + " ELSE status END WHERE role = :role AND aggregate_id = :aggregate AND " + LIVE
                + " AND id IS DISTINCT FROM :except")
                .param("role", role.name()).param("aggregate", aggregateId).param("except", exceptId).param("now", now()).update();
    }

    /**
     * What was called off is wanted after all: by its own event, when an older one that was read again had called it off. A transaction
     * for it that is open still counts. What it is to do is written anew, for somebody may have spoilt that.
     *
     * @return whether it was called off
     */
    boolean revive(ActionRequest request) {
        return jdbc
                .sql("""
                        UPDATE chain_action SET unwanted = FALSE, parameters = :parameters::jsonb, status = COALESCE(open.status, %s), transaction_hash = open.hash,
                            retry_at = GREATEST(:now, to_timestamp(not_before / 1000.0)), updated_at = :now
                        FROM (SELECT action.id, sent.hash, sent.status FROM chain_action action
                              LEFT JOIN chain_transaction sent ON sent.hash = action.transaction_hash AND sent.status %s) AS open
                        WHERE chain_action.id = :id AND open.id = chain_action.id
                          AND (chain_action.status %s OR unwanted AND chain_action.status %s)"""
                        .formatted(Step.literal(ActionStatus.Wanted), TransactionStatus.COUNTS, REVIVE.allowed(), RELEASE.allowed()))
                .param("id", request.id()).param("parameters", parameters.written(request.action())).param("now", now()).update() == 1;
    }

    /** It is an operator's no more, and can be revived. @return whether it was */
    boolean takeBack(String id) {
        return jdbc.sql("UPDATE chain_action SET status = " + TAKE_BACK.target() + " WHERE id = :id AND status " + TAKE_BACK.allowed())
                .param("id", id).update() == 1;
    }

    /** Whether the intent, or another for the same, is under way, or has been fulfilled. @param doneBy hash of a transaction, or null */
    boolean isUnderWayOrDone(ActionRequest intent, String doneBy) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT 1 FROM chain_action WHERE role = :role AND aggregate_id = :aggregate AND kind = :kind
                    AND (%s OR status = %s AND (id = :id OR transaction_hash = :doneBy)))"""
                .formatted(LIVE, Step.literal(ActionStatus.Confirmed)))
                .param("role", intent.role().name()).param("aggregate", intent.aggregateId()).param("kind", intent.action().kind())
                .param("id", intent.id()).param("doneBy", doneBy).query(Boolean.class).single();
    }

    /**
     * Who has an action under way or to come since before that time, in a fixed order; wallets, whose intents follow from no events, are
     * not among them.
     *
     * @param after null for the first
     */
    List<ChainActions.Owner> live(Instant before, ChainActions.Owner after, int limit) {
        return jdbc.sql("""
                SELECT DISTINCT role, aggregate_id FROM chain_action
                WHERE %s AND created_at <= :before AND role <> 'Wallet' AND (role, aggregate_id) > (:role, :aggregate)
                ORDER BY role, aggregate_id LIMIT :limit""".formatted(LIVE))
                .param("role", after == null ? "" : after.role().name()).param("aggregate", after == null ? "" : after.aggregateId())
                .param("before", utc(before)).param("limit", limit)
                .query((row, _) -> new ChainActions.Owner(ActionRole.valueOf(row.getString("role")), row.getString("aggregate_id")))
                .list();
    }

    /**
     * What can be done now, in a fair order: what waits longest comes first, but the wallets and the kinds of actions take
     * turns, so that many of one kind do not hold up a few of another. What was tried in vain waits from then on.
     */
    List<PendingAction> due(PaymentSourceId sourceId, int limit) {
        return due(sourceId, limit, _ -> {});
    }

    /** The same. @param unreadable hears of each row that cannot be read, which is left out */
    List<PendingAction> due(PaymentSourceId sourceId, int limit, Consumer<UnreadableAction> unreadable) {
        List<UnreadableAction> broken = new ArrayList<>();
        List<PendingAction> readable = jdbc.sql("""
                SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY wallet_ids, kind ORDER BY retry_at, number) AS turn
                               FROM chain_action WHERE %s AND source_id = :source AND retry_at <= :now) AS waiting
                ORDER BY turn, retry_at, number LIMIT :limit""".formatted(WANTED))
                .param("source", sourceId.value()).param("now", now()).param("limit", limit)
                .query((row, number) -> readable(row, number, broken)).list().stream().flatMap(Optional::stream).toList();
        broken.forEach(unreadable);
        return readable;
    }

    /** What a transaction is to do. */
    List<PendingAction> ofTransaction(String hash) {
        return jdbc.sql("SELECT * FROM chain_action WHERE transaction_hash = :hash ORDER BY number").param("hash", hash)
                .query(this::row).list();
    }

    /** @return how many of them were still wanted */
    int signed(List<String> ids, String hash) {
        return move(SIGN, ", transaction_hash = :hash, failed_builds = 0", "id = ANY (:ids)").param("hash", hash)
                .param("ids", ids.toArray(String[]::new)).update();
    }

    /** The transaction was accepted. */
    void submitted(String hash) {
        move(SUBMIT, "", "transaction_hash = :hash").param("hash", hash).update();
    }

    /** The transaction is on chain for good. */
    void confirmed(String hash) {
        move(CONFIRM, ", " + NO_ERROR, "transaction_hash = :hash").param("hash", hash).update();
    }

    /**
     * The transaction will never land: what it was to do is wanted again, unless it is not.
     *
     * @param lost whether that counts against it
     * @param wait how long before it is tried again
     */
    void released(String hash, String why, boolean lost, Duration wait) {
        move(RELEASE, ", transaction_hash = NULL, lost_transactions = lost_transactions + :lost, retry_at = :at, " + ERROR,
                "transaction_hash = :hash", "CASE WHEN unwanted THEN %s ELSE %s END".formatted(Step.literal(ActionStatus.Abandoned),
                        Step.literal(ActionStatus.Wanted)))
                .param("hash", hash).param("lost", lost ? 1 : 0).param("why", cut(why)).param("type", ErrorType.Unknown.name())
                .param("at", utc(clock.instant().plus(wait))).update();
    }

    /** The blocks with these transactions are gone. Whoever wants it no longer says so again when it hears of that. */
    void rolledBack(List<String> hashes) {
        move(ROLL_BACK, ", unwanted = FALSE, " + NO_ERROR, "transaction_hash = ANY (:hashes)")
                .param("hashes", hashes.toArray(String[]::new)).update();
    }

    /** No other transaction may be built for it. It stays wanted until an operator is told so. */
    void notAgain(String id, String why) {
        jdbc.sql("UPDATE chain_action SET not_again = :why, unwanted = FALSE, updated_at = :now WHERE id = :id").param("id", id)
                .param("why", cut(why)).param("now", now()).update();
    }

    /** It is an operator's now. */
    void failed(String id, String why) {
        move(FAIL, ", " + ERROR, "id = :id").param("id", id).param("why", cut(why)).param("type", ErrorType.Unknown.name()).update();
    }

    /** Whether the record must be told first that blocks are gone. */
    boolean mustHearOfRollback(String aggregateId) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM pending_retry WHERE aggregate_id = ? AND role IS NOT NULL)")
                .param(aggregateId)
                .query(Boolean.class).single();
    }

    /** Its record could not be told what becomes of it. That is tried again. */
    void untold(String id, String why) {
        jdbc.sql(
                "UPDATE chain_action SET untold = untold + 1, untold_since = COALESCE(untold_since, :now), untold_why = :why WHERE id = :id")
                .param("id", id).param("now", now()).param("why", cut(why)).update();
    }

    /** It could, after all. */
    void told(String id) {
        jdbc.sql("UPDATE chain_action SET untold = 0, untold_since = NULL, untold_why = NULL WHERE id = :id AND untold > 0").param("id", id)
                .update();
    }

    /** Nobody needs it any more. */
    void abandoned(String id, String why) {
        move(CALL_OFF, ", unwanted = TRUE, " + ERROR, "id = :id").param("id", id).param("why", cut(why))
                .param("type", ErrorType.Unknown.name()).update();
    }

    /** Not now: it only has to wait its time. */
    void postpone(String id, Duration wait) {
        jdbc.sql("UPDATE chain_action SET retry_at = :at, updated_at = :now, " + NO_ERROR + " WHERE id = :id AND " + WANTED)
                .param("id", id).param("at", utc(clock.instant().plus(wait))).param("now", now()).update();
    }

    /** No transaction could be made for it. It is tried again after a while. */
    void postpone(String id, Duration wait, ErrorType type, String why) {
        jdbc.sql("UPDATE chain_action SET retry_at = :at, failed_builds = failed_builds + 1, updated_at = :now, " + ERROR
                + " WHERE id = :id AND " + WANTED)
                .param("id", id).param("at", utc(clock.instant().plus(wait))).param("type", type.name()).param("why", cut(why))
                .param("now", now()).update();
    }

    /**
     * Of these locks' purchases, those that a transaction of another lock is on its way or on chain for: nothing may be locked
     * twice.
     *
     * @return by the purchase's id, whether that one is on chain for good
     */
    Map<String, Boolean> otherLocks(List<PendingAction> locks) {
        Map<String, Boolean> others = new HashMap<>();
        jdbc.sql("""
                SELECT a.aggregate_id, bool_or(t.status = %s) AS settled
                FROM chain_action a JOIN chain_transaction t ON t.hash = a.transaction_hash
                WHERE a.kind = 'Lock' AND a.aggregate_id = ANY (:purchases) AND a.id <> ALL (:ids)
                  AND t.status %s
                GROUP BY a.aggregate_id""".formatted(Step.literal(TransactionStatus.Confirmed), TransactionStatus.COUNTS))
                .param("purchases", locks.stream().map(PendingAction::aggregateId).toArray(String[]::new))
                .param("ids", locks.stream().map(PendingAction::id).toArray(String[]::new))
                .query((RowCallbackHandler) row -> others.put(row.getString("aggregate_id"), row.getBoolean("settled")));
        return others;
    }

    /** Whether the same aggregate wants something besides. */
    boolean anythingElseWanted(PendingAction than) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT 1 FROM chain_action WHERE role = :role AND aggregate_id = :aggregate AND id <> :id AND %s)"""
                .formatted(LIVE))
                .param("role", than.role().name()).param("aggregate", than.aggregateId()).param("id", than.id()).query(Boolean.class)
                .single();
    }

    /** Whether the wallet is to merge outputs, or is about to. */
    boolean isMerging(String walletId) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM chain_action WHERE " + MERGES + ")").param("wallet", walletId).query(Boolean.class)
                .single();
    }

    /** The transactions that do it, those that are signed already. */
    List<String> merging(String walletId) {
        return jdbc.sql("SELECT transaction_hash FROM chain_action WHERE " + MERGES + " AND transaction_hash IS NOT NULL ORDER BY number")
                .param("wallet", walletId).query(String.class).list();
    }

    /** Payment sources for which something waits for money, each with how much does and since when. */
    List<Concern> waitingForMoney() {
        return jdbc.sql("SELECT source_id, count(*) AS actions, min(created_at) AS since FROM chain_action WHERE " + WAITS_FOR_MONEY
                + " GROUP BY source_id")
                .query((row, _) -> new Concern("wallets", row.getString("source_id"), row.getLong("actions")
                        + " actions wait for money; their records say in NextAction.errorNote which wallet lacks how much",
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Whether anything waits for money. */
    boolean anyWaitsForMoney(PaymentSourceId sourceId) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM chain_action WHERE source_id = :source AND " + WAITS_FOR_MONEY + ")")
                .param("source", sourceId.value())
                .query(Boolean.class).single();
    }

    /** Money may have come: of what waits for it the first of each kind and choice of wallets is tried at once. */
    void tryForMoney(PaymentSourceId sourceId) {
        jdbc.sql("UPDATE chain_action SET retry_at = :now WHERE retry_at > :now AND id IN (SELECT DISTINCT ON (wallet_ids, kind) id"
                + " FROM chain_action WHERE source_id = :source AND " + WAITS_FOR_MONEY + " ORDER BY wallet_ids, kind, number)")
                .param("source", sourceId.value()).param("now", now()).update();
    }

    /** Money has come: all that waits for it is tried at once. */
    void moneyCame(PaymentSourceId sourceId) {
        jdbc.sql("UPDATE chain_action SET retry_at = :now WHERE retry_at > :now AND source_id = :source AND " + WAITS_FOR_MONEY)
                .param("source", sourceId.value()).param("now", now()).update();
    }

    /**
     * What an earlier action is doing already, or did, is wanted again.
     *
     * @param hash the transaction that does it, null when the record knows none
     * @return its id; empty when nothing is under way that could still do it
     */
    Optional<String> wantedAgain(ActionRole role, String aggregateId, String kind, String hash) {
        Optional<String> known = jdbc.sql("""
                SELECT id FROM chain_action
                WHERE role = :role AND aggregate_id = :aggregate AND kind = :kind
                  AND (status %s OR status = %s AND transaction_hash = :hash)
                ORDER BY transaction_hash IS NOT DISTINCT FROM :hash DESC, number DESC LIMIT 1"""
                .formatted(ActionStatus.LIVE, Step.literal(ActionStatus.Confirmed)))
                .param("role", role.name()).param("aggregate", aggregateId).param("kind", kind).param("hash", hash)
                .query(String.class).optional();
        known.ifPresent(id -> jdbc.sql("UPDATE chain_action SET unwanted = FALSE, updated_at = :now WHERE id = :id AND unwanted")
                .param("id", id).param("now", now()).update());
        return known;
    }

    /** What waits for the escrow to move need not wait any longer, but for its own time. */
    void bringForward(ActionRole role, String aggregateId) {
        jdbc.sql("UPDATE chain_action SET retry_at = GREATEST(:now, to_timestamp(not_before / 1000.0))"
                + " WHERE role = :role AND aggregate_id = :aggregate AND " + WANTED)
                .param("role", role.name()).param("aggregate", aggregateId).param("now", now()).update();
    }

    /** Ids of the records of that kind that have something to be done, or on its way. */
    List<String> live(PaymentSourceId sourceId, ActionRole role) {
        return jdbc.sql("SELECT DISTINCT aggregate_id FROM chain_action WHERE source_id = :source AND role = :role AND " + LIVE)
                .param("source", sourceId.value()).param("role", role.name()).query(String.class).list();
    }

    /** Ids of the records of that kind with a transaction in a block above that height. */
    List<String> above(PaymentSourceId sourceId, ActionRole role, long height) {
        return jdbc.sql("SELECT DISTINCT aggregate_id FROM chain_action JOIN chain_transaction sent ON sent.hash = transaction_hash"
                + " WHERE role = :role AND sent.source_id = :source AND sent.block_height > :height")
                .param("role", role.name()).param("source", sourceId.value()).param("height", height).query(String.class).list();
    }

    /** @param set what else changes, @param where which are meant */
    private JdbcClient.StatementSpec move(ActionStep step, String set, String where) {
        return move(step, set, where, step.target());
    }

    private JdbcClient.StatementSpec move(ActionStep step, String set, String where, String target) {
        return jdbc.sql("UPDATE chain_action SET status = " + target + ", updated_at = :now" + set + " WHERE " + where + " AND status "
                + step.allowed()).param("now", now());
    }

    private Optional<PendingAction> readable(ResultSet row, int number, List<UnreadableAction> broken) throws SQLException {
        try {
            return Optional.of(row(row, number));
        } catch (RuntimeException e) {
            broken.add(new UnreadableAction(row.getString("id"), row.getString("role"), row.getString("aggregate_id"),
                    row.getString("kind"), e));
            return Optional.empty();
        }
    }

    private PendingAction row(ResultSet row, int number) throws SQLException {
        return new PendingAction(row.getString("id"), ActionRole.valueOf(row.getString("role")), row.getString("aggregate_id"),
                List.of((String[]) row.getArray("wallet_ids").getArray()), parameters.read(row.getString("parameters")),
                row.getObject("not_after", Long.class), row.getBoolean("unwanted"), row.getInt("failed_builds"),
                row.getInt("lost_transactions"), row.getInt("untold"),
                Optional.ofNullable(row.getString("error_type")).map(ErrorType::valueOf).orElse(null), row.getString("error"),
                row.getString("not_again"));
    }

    private OffsetDateTime now() {
        return utc(clock.instant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String cut(String text) {
        return text == null || text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR);
    }
}
