package io.masumi.node.access;

import static io.masumi.node.escrow.SaleExample.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.CoreMatchers.allOf;
import static org.hamcrest.CoreMatchers.containsString;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.masumi.node.NodeJson;
import io.masumi.node.Rejection;
import io.masumi.node.access.ApiKeyCommand.ChangeApiKey;
import io.masumi.node.access.ApiKeyCommand.CloseCredits;
import io.masumi.node.access.ApiKeyCommand.CreateApiKey;
import io.masumi.node.access.ApiKeyCommand.HoldCredits;
import io.masumi.node.access.ApiKeyCommand.ReleaseCredits;
import io.masumi.node.access.ApiKeyCommand.RequireCredits;
import io.masumi.node.access.ApiKeyCommand.RevokeApiKey;
import io.masumi.node.access.ApiKeyCommand.SettleCredits;
import io.masumi.node.access.ApiKeyEvent.ApiKeyCreated;
import io.masumi.node.access.ApiKeyEvent.ApiKeyRevoked;
import io.masumi.node.access.ApiKeyEvent.CreditsAllotted;
import io.masumi.node.access.ApiKeyEvent.CreditsChanged;
import io.masumi.node.access.ApiKeyEvent.CreditsClosed;
import io.masumi.node.access.ApiKeyEvent.CreditsRestored;
import io.masumi.node.access.ApiKeyEvent.CreditsSpent;
import io.masumi.node.access.ApiKeyEvent.PermissionsChanged;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    private static final String TOKEN_HASH = "ab".repeat(32);
    private static final ApiKeyId ID = ApiKeyId.of(TOKEN_HASH);
    private static final KeyPermissions LIMITED = new KeyPermissions(true, true, false, Set.of(Network.Preprod), true, null);
    private static final KeyPermissions UNLIMITED = new KeyPermissions(true, true, false, Set.of(), false, null);
    private static final long NOW = 1_000;
    private static final long LATER = 2_000;

    private static final ApiKeyCreated CREATED = new ApiKeyCreated(ID, TOKEN_HASH, "m****d", LIMITED, Funds.lovelace(10), ADMIN);
    /** With an allowance of 5 lovelace for sales, and room for 3 records. */
    private static final CreditRules RULES = new CreditRules(1, 2_000_000, 0, 1, 0, 5, 3);

    private final FixtureConfiguration<ApiKey> fixture = new AggregateTestFixture<>(ApiKey.class);

    @BeforeEach
    void resources() {
        fixture.registerInjectableResource(RULES);
        fixture.registerInjectableResource(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
    }

    private static HoldCredits hold(String purchase, long most, String request) {
        return new HoldCredits(ID, purchase, CreditUse.Purchase, Funds.lovelace(most), request, true, LATER);
    }

    private static CreditsAllotted held(String purchase, long most, String request, long left) {
        return new CreditsAllotted(ID, purchase, CreditUse.Purchase, Funds.lovelace(most), Funds.lovelace(most), 0, request, null, LATER,
                false, "it is asked for", Funds.lovelace(left));
    }

    private static SettleCredits settle(String purchase, long cost, boolean asked) {
        return new SettleCredits(ID, purchase, CreditUse.Purchase, Funds.lovelace(cost), asked, "so it is");
    }

    private static CreditsAllotted settled(String purchase, long cost, long left) {
        return new CreditsAllotted(ID, purchase, CreditUse.Purchase, Funds.lovelace(cost), Funds.NONE, 0, "r1", null, 0, true, "so it is",
                Funds.lovelace(left));
    }

    private static CreditsAllotted sale(long taken, long held, long fromAllowance, String asked, boolean settled, long left) {
        return new CreditsAllotted(ID, "s1", CreditUse.Sale, Funds.lovelace(taken), Funds.lovelace(held), fromAllowance, null, asked,
                held == 0 ? 0 : LATER, settled, settled && held == 0 ? "so it is" : "it is asked for", Funds.lovelace(left));
    }

    @Test
    void aTokenMakesOneKey() {
        CreateApiKey create = new CreateApiKey(ID, TOKEN_HASH, "m****d", LIMITED, Funds.lovelace(10), ADMIN);

        fixture.givenNoPriorActivity().when(create).expectEvents(CREATED).expectResultMessagePayload(0L);
        fixture.given(CREATED).when(create).expectNoEvents().expectExceptionDetails(
                new Rejection(Rejection.Kind.CONFLICT, "An API key with this token exists already", ID.value()));
        fixture.givenNoPriorActivity().when(new CreateApiKey(ID, "cd".repeat(32), "m****d", LIMITED, Funds.NONE, ADMIN)).expectNoEvents()
                .expectExceptionMessage(containsString("id does not follow"));
    }

    @Test
    void aRequestIsPaidForOnce() {
        fixture.given(CREATED).when(hold("p1", 7, "r1")).expectEvents(held("p1", 7, "r1", 3));
        fixture.given(CREATED, held("p1", 7, "r1", 3)).when(hold("p1", 7, "r1")).expectNoEvents().expectResultMessagePayload(1L);
        fixture.given(CREATED, held("p1", 7, "r1", 3), settled("p1", 6, 4)).when(hold("p1", 7, "r1")).expectNoEvents();
    }

    @Test
    void whatOneRequestPaidForIsNoOtherRequests() {
        fixture.given(CREATED, held("p1", 7, "r1", 3)).when(hold("p1", 7, "r2")).expectNoEvents()
                .expectExceptionMessage(containsString("Another request for this purchase"));
        fixture.given(CREATED, held("p1", 7, "r1", 3), settled("p1", 6, 4)).when(hold("p1", 7, "r2")).expectNoEvents()
                .expectExceptionMessage(containsString("Another request for this purchase"));
        CreditsAllotted released = new CreditsAllotted(ID, "p1", CreditUse.Purchase, Funds.NONE, Funds.NONE, 0, "r1", null, 0, false,
                "refused", Funds.lovelace(10));
        fixture.given(CREATED, held("p1", 7, "r1", 3)).when(new ReleaseCredits(ID, "p1", "refused")).expectEvents(released);
        fixture.given(CREATED, held("p1", 7, "r1", 3), released).when(new ReleaseCredits(ID, "p1", "refused")).expectNoEvents();
        fixture.given(CREATED, held("p1", 7, "r1", 3), released).when(hold("p1", 7, "r2")).expectEvents(held("p1", 7, "r2", 3));
    }

    @Test
    void theLastCreditCanBeTakenButNotOneMore() {
        fixture.given(CREATED, held("p1", 7, "r1", 3)).when(hold("p2", 3, "r1")).expectEvents(held("p2", 3, "r1", 0));
        fixture.given(CREATED, held("p1", 7, "r1", 3)).when(hold("p2", 4, "r1")).expectNoEvents().expectExceptionMessage(allOf(
                containsString("of the 4 lovelace that this may take at most, 1 lovelace are missing"),
                containsString("left are 3 lovelace")));
        Funds token = Funds.of(List.of(Amount.parse(POLICY, "1"))).plus(Funds.lovelace(12));
        fixture.given(CREATED).when(new HoldCredits(ID, "p2", CreditUse.Purchase, token, "r1", true, LATER)).expectNoEvents()
                .expectExceptionMessage(containsString("2 lovelace, 1 " + POLICY + " are missing"));
    }

    @Test
    void whatNobodyTookUpIsGivenBackWhenItsTimeIsOver() {
        CreditsAllotted lost = new CreditsAllotted(ID, "p1", CreditUse.Purchase, Funds.lovelace(7), Funds.lovelace(7), 0, "r1", null, NOW,
                false, "it is asked for", Funds.lovelace(3));
        fixture.given(CREATED, lost).when(hold("p2", 8, "r1")).expectEvents(
                new CreditsAllotted(ID, "p1", CreditUse.Purchase, Funds.NONE, Funds.NONE, 0, "r1", null, 0, false,
                        "nothing came of the request in time", Funds.lovelace(10)),
                held("p2", 8, "r1", 2));
    }

    @Test
    void whatARecordCostsIsASumAndSayingItAgainChangesNothing() {
        CreditsAllotted cost = settled("p1", 4, 6);
        fixture.given(CREATED, held("p1", 7, "r1", 3)).when(settle("p1", 4, true)).expectEvents(cost);
        fixture.given(CREATED, held("p1", 7, "r1", 3), cost).when(settle("p1", 4, false)).expectNoEvents();
        fixture.given(CREATED, held("p1", 7, "r1", 3), cost).when(settle("p1", 1, false)).expectEvents(settled("p1", 1, 9));
    }

    @Test
    void whatIsHeldStaysHeldWhileTheRecordSaysOtherThings() {
        CreditsAllotted again = new CreditsAllotted(ID, "p1", CreditUse.Purchase, Funds.lovelace(6), Funds.lovelace(2), 0, "r1", "refund",
                LATER, true, "it is asked for", Funds.lovelace(4));
        fixture.given(CREATED, held("p1", 7, "r1", 3), settled("p1", 4, 6))
                .when(new HoldCredits(ID, "p1", CreditUse.Purchase, Funds.lovelace(2), "refund", false, LATER)).expectEvents(again);
        fixture.given(CREATED, held("p1", 7, "r1", 3), settled("p1", 4, 6), again)
                .when(new HoldCredits(ID, "p1", CreditUse.Purchase, Funds.lovelace(2), "refund", false, LATER)).expectNoEvents();
        fixture.given(CREATED, held("p1", 7, "r1", 3), settled("p1", 4, 6), again).when(settle("p1", 3, false))
                .expectEvents(new CreditsAllotted(ID, "p1", CreditUse.Purchase, Funds.lovelace(5), Funds.lovelace(2), 0, "r1", "refund",
                        LATER, true, "so it is", Funds.lovelace(5)));
        fixture.given(CREATED, held("p1", 7, "r1", 3), settled("p1", 4, 6), again).when(settle("p1", 5, true))
                .expectEvents(new CreditsAllotted(ID, "p1", CreditUse.Purchase, Funds.lovelace(5), Funds.NONE, 0, "r1", "refund", 0, true,
                        "so it is", Funds.lovelace(5)));
    }

    @Test
    void whatIsAskedIsRefusedAndWhatHasHappenedIsTaken() {
        fixture.given(CREATED, held("p1", 7, "r1", 3)).when(settle("p1", 11, true)).expectNoEvents()
                .expectExceptionMessage(containsString("1 lovelace are missing"));
        fixture.given(CREATED, held("p1", 7, "r1", 3)).when(settle("p1", 14, false))
                .expectEvents(new CreditsAllotted(ID, "p1", CreditUse.Purchase, Funds.lovelace(21), Funds.lovelace(7), 0, "r1", null, LATER,
                        true, "so it is", Funds.NONE));
        fixture.given(CREATED, held("p1", 7, "r1", 3), settled("p1", 14, 0)).when(hold("p2", 1, "r1")).expectNoEvents()
                .expectExceptionMessage(containsString("5 lovelace are missing"));
    }

    @Test
    void aClosedRecordCostsWhatItCostAndIsForgotten() {
        CreditsClosed closed = new CreditsClosed(ID, "p1", Funds.lovelace(4), 0, Funds.lovelace(6));
        fixture.given(CREATED, held("p1", 7, "r1", 3), settled("p1", 4, 6)).when(new CloseCredits(ID, "p1")).expectEvents(closed);
        fixture.given(CREATED, held("p1", 7, "r1", 3), settled("p1", 4, 6), closed).when(new CloseCredits(ID, "p1")).expectNoEvents();
        fixture.given(CREATED, held("p1", 7, "r1", 3), settled("p1", 4, 6), closed).when(settle("p1", 0, false)).expectNoEvents();
        fixture.given(CREATED, held("p1", 7, "r1", 3), settled("p1", 4, 6), closed).when(hold("p2", 7, "r1")).expectNoEvents()
                .expectExceptionMessage(containsString("1 lovelace are missing"));
    }

    @Test
    void aSaleTakesItsFeesOfTheAllowanceFirstAndRepaysItLast() {
        HoldCredits result = new HoldCredits(ID, "s1", CreditUse.Sale, Funds.lovelace(8), "result", false, LATER);
        CreditsAllotted asked = sale(8, 8, 5, "result", false, 7);
        fixture.given(CREATED).when(result).expectEvents(asked);
        fixture.given(CREATED, asked).when(new SettleCredits(ID, "s1", CreditUse.Sale, Funds.lovelace(6), true, "so it is"))
                .expectEvents(sale(6, 0, 5, "result", true, 9));
        fixture.given(CREATED, asked, sale(6, 0, 5, "result", true, 9))
                .when(new SettleCredits(ID, "s1", CreditUse.Sale, Funds.lovelace(2), false, "so it is"))
                .expectEvents(sale(2, 0, 2, "result", true, 10));
        fixture.given(CREATED).when(new RequireCredits(ID, CreditUse.Sale, Funds.lovelace(15))).expectNoEvents()
                .expectSuccessfulHandlerExecution();
        fixture.given(CREATED).when(new RequireCredits(ID, CreditUse.Sale, Funds.lovelace(16))).expectNoEvents()
                .expectExceptionMessage(containsString("1 lovelace are missing"));
        fixture.given(CREATED, asked, sale(2, 0, 2, "result", true, 10),
                new CreditsClosed(ID, "s1", Funds.lovelace(2), 2, Funds.lovelace(10)))
                .when(new RequireCredits(ID, CreditUse.Sale, Funds.lovelace(14))).expectExceptionMessage(containsString("1 lovelace"));
    }

    @Test
    void onlySoManyRecordsAreUnderWayAtOnce() {
        fixture.given(CREATED, held("p1", 1, "r1", 9), held("p2", 1, "r1", 8), held("p3", 1, "r1", 7)).when(hold("p4", 1, "r1"))
                .expectNoEvents().expectExceptionMessage(containsString("masumi.credits.most-open"));
        fixture.given(CREATED, settled("p1", 1, 9), held("p2", 1, "r1", 8), held("p3", 1, "r1", 7),
                new CreditsClosed(ID, "p1", Funds.lovelace(1), 0, Funds.lovelace(7))).when(hold("p4", 1, "r1"))
                .expectEvents(held("p4", 1, "r1", 6));
        fixture.given(CREATED, new CreditsSpent(ID, "o1", Funds.lovelace(1), null), new CreditsSpent(ID, "o2", Funds.lovelace(1), null),
                new CreditsSpent(ID, "o3", Funds.lovelace(1), null)).when(hold("p4", 1, "r1")).expectEvents(held("p4", 1, "r1", 6));
    }

    @Test
    void whatOlderNodesTookAndGaveBackCounts() {
        CreditsSpent spent = new CreditsSpent(ID, "p1", Funds.lovelace(7), "r1");
        fixture.given(CREATED, spent).when(hold("p1", 7, "r1")).expectNoEvents().expectSuccessfulHandlerExecution();
        fixture.given(CREATED, spent).when(hold("p1", 7, "r2")).expectNoEvents().expectExceptionMessage(containsString("Another request"));
        fixture.given(CREATED, spent).when(hold("p2", 4, "r1")).expectNoEvents()
                .expectExceptionMessage(containsString("1 lovelace are missing"));
        fixture.given(CREATED, spent, new CreditsRestored(ID, "p1", Funds.lovelace(7), "it never locked")).when(hold("p2", 10, "r1"))
                .expectEvents(held("p2", 10, "r1", 0));
        fixture.given(CREATED, spent).when(settle("p1", 2, false)).expectEvents(settled("p1", 2, 8));
    }

    @Test
    void aKeyWithoutLimitPaysNothing() {
        ApiKeyCreated unlimited = new ApiKeyCreated(ID, TOKEN_HASH, "m****d", UNLIMITED, Funds.NONE, ADMIN);

        fixture.given(unlimited).when(hold("p1", 7, "r1")).expectNoEvents().expectSuccessfulHandlerExecution();
        fixture.given(unlimited).when(settle("p1", 7, true)).expectNoEvents().expectSuccessfulHandlerExecution();
        fixture.given(unlimited).when(new CloseCredits(ID, "p1")).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void aRevokedKeyPaysNoMoreButGetsBackWhatIsLeftOver() {
        ApiKeyRevoked revoked = new ApiKeyRevoked(ID, ADMIN);

        fixture.given(CREATED).when(new RevokeApiKey(ID, ADMIN)).expectEvents(revoked);
        fixture.given(CREATED, revoked).when(new RevokeApiKey(ID, ADMIN)).expectNoEvents();
        fixture.given(CREATED, revoked).when(hold("p2", 1, "r1")).expectNoEvents()
                .expectExceptionDetails(new Rejection(Rejection.Kind.NOT_ALLOWED, "The API key is revoked", null));
        fixture.given(CREATED, held("p1", 7, "r1", 3), revoked).when(settle("p1", 1, true)).expectEvents(settled("p1", 1, 9));
    }

    @Test
    void aKeyIsChangedAsAWholeOrNotAtAll() {
        KeyPermissions.Changes readOnly = new KeyPermissions.Changes(null, false, null, null, null, true, Set.of("cwallet"));
        KeyPermissions changed = new KeyPermissions(true, false, false, Set.of(Network.Preprod), true, Set.of("cwallet"));
        fixture.given(CREATED).when(new ChangeApiKey(ID, Funds.lovelace(5), Funds.NONE, readOnly, true, ADMIN)).expectEvents(
                new CreditsChanged(ID, Funds.lovelace(5), Funds.NONE, ADMIN, Funds.lovelace(15)),
                new PermissionsChanged(ID, changed, ADMIN), new ApiKeyRevoked(ID, ADMIN));
        fixture.given(CREATED, held("p1", 7, "r1", 3)).when(new ChangeApiKey(ID, Funds.NONE, Funds.lovelace(4), readOnly, null, ADMIN))
                .expectNoEvents().expectExceptionMessage(containsString("3 lovelace"));
        fixture.given(CREATED).when(new ChangeApiKey(ID, Funds.NONE, Funds.NONE, KeyPermissions.Changes.NONE, null, ADMIN))
                .expectNoEvents();
        fixture.given(CREATED, new ApiKeyRevoked(ID, ADMIN))
                .when(new ChangeApiKey(ID, Funds.NONE, Funds.NONE, KeyPermissions.Changes.NONE, false, ADMIN)).expectNoEvents()
                .expectExceptionMessage(containsString("stays so"));
    }

    @Test
    void theAccountSurvivesASnapshot() throws JsonProcessingException {
        CreditAccount account = new CreditAccount();
        Stream.of(CREATED, held("p1", 7, "r1", 3), new CreditsSpent(ID, "o1", Funds.lovelace(1), null), settled("p2", 1, 1),
                sale(8, 8, 5, "result", false, 0))
                .forEach(account::apply);

        String stored = NodeJson.MAPPER.writeValueAsString(account);

        CreditAccount read = NodeJson.MAPPER.readValue(stored, CreditAccount.class);
        assertThat(NodeJson.MAPPER.readTree(NodeJson.MAPPER.writeValueAsString(read))).isEqualTo(NodeJson.MAPPER.readTree(stored));
        assertThat(read.entry("p1")).isEqualTo(account.entry("p1")).isPresent();
        assertThat(read.size()).isEqualTo(3);
        assertThat(read.allowanceLeft(5)).isZero();
        assertThat(read.heldInVain(LATER)).containsExactlyInAnyOrder("p1", "s1");
    }

    /** Whatever the number of its purchases, a key remembers those that are under way. */
    @Test
    void aKeyOfManyPurchasesIsAsSmallAsOneOfFew() throws JsonProcessingException {
        CreditAccount account = new CreditAccount();
        account.apply(CREATED);
        String fresh = NodeJson.MAPPER.writeValueAsString(account);
        for (int i = 0; i < 20_000; i++) {
            account.apply(held("p" + i, 7, "r1", 3));
            account.apply(settled("p" + i, 4, 6));
            account.apply(settled("p" + i, 0, 10));
            account.apply(new CreditsClosed(ID, "p" + i, Funds.NONE, 0, Funds.lovelace(10)));
        }

        assertThat(account.size()).isZero();
        assertThat(NodeJson.MAPPER.writeValueAsString(account)).isEqualTo(fresh);
    }

    /** A key that an older node never closed anything for is read in steps that do not grow with what is read already. */
    @Test
    void readingAKeyCopiesNothing() {
        List<ApiKeyEvent> spent = IntStream.range(0, 20_000)
                .<ApiKeyEvent>mapToObj(i -> new CreditsSpent(ID, "p" + i, Funds.lovelace(1), "r" + i)).toList();
        ThreadMXBean work = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        CreditAccount account = new CreditAccount();
        account.apply(CREATED);

        long before = work.getCurrentThreadAllocatedBytes();
        spent.forEach(account::apply);
        long bytesPerEvent = (work.getCurrentThreadAllocatedBytes() - before) / spent.size();

        assertThat(account.entry("p19999")).isPresent();
        assertThat(bytesPerEvent).as("a copy of 10 000 entries on average would be hundreds of thousands").isLessThan(20_000);
    }
}
