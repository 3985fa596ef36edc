package io.masumi.node.access;

import static io.masumi.node.escrow.SaleExample.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.CoreMatchers.containsString;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.masumi.node.NodeJson;
import io.masumi.node.Rejection;
import io.masumi.node.access.ApiKeyCommand.CreateApiKey;
import io.masumi.node.access.ApiKeyCommand.RestoreCredits;
import io.masumi.node.access.ApiKeyCommand.RevokeApiKey;
import io.masumi.node.access.ApiKeyCommand.SpendCredits;
import io.masumi.node.access.ApiKeyEvent.ApiKeyCreated;
import io.masumi.node.access.ApiKeyEvent.ApiKeyRevoked;
import io.masumi.node.access.ApiKeyEvent.CreditsRestored;
import io.masumi.node.access.ApiKeyEvent.CreditsSpent;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import java.util.List;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    private static final String TOKEN_HASH = "ab".repeat(32);
    private static final ApiKeyId ID = ApiKeyId.of(TOKEN_HASH);
    private static final KeyPermissions LIMITED = new KeyPermissions(true, true, false, Set.of(Network.Preprod), true, null);
    private static final KeyPermissions UNLIMITED = new KeyPermissions(true, true, false, Set.of(), false, null);

    private static final ApiKeyCreated CREATED = new ApiKeyCreated(ID, TOKEN_HASH, "m****d", LIMITED, Funds.lovelace(10), ADMIN);
    private static final CreditsSpent SPENT = new CreditsSpent(ID, "p1", Funds.lovelace(7), "r1");
    private static final CreditsRestored RESTORED = new CreditsRestored(ID, "p1", Funds.lovelace(7), "it never locked");

    private final FixtureConfiguration<ApiKey> fixture = new AggregateTestFixture<>(ApiKey.class);

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
    void aPurchaseTakesItsPriceOnce() {
        fixture.given(CREATED).when(new SpendCredits(ID, "p1", Funds.lovelace(7), "r1")).expectEvents(SPENT);
        fixture.given(CREATED, SPENT).when(new SpendCredits(ID, "p1", Funds.lovelace(7), "r1")).expectNoEvents()
                .expectResultMessagePayload(1L);
    }

    @Test
    void whatOneRequestPaidForIsNoOtherRequests() {
        fixture.given(CREATED, SPENT).when(new SpendCredits(ID, "p1", Funds.lovelace(7), "r2")).expectNoEvents()
                .expectExceptionMessage(containsString("Another request for this purchase"));
        fixture.given(CREATED, SPENT).when(new SpendCredits(ID, "p1", Funds.lovelace(7), null)).expectNoEvents()
                .expectSuccessfulHandlerExecution();
        fixture.given(CREATED, SPENT, RESTORED).when(new SpendCredits(ID, "p1", Funds.lovelace(7), "r2"))
                .expectEvents(new CreditsSpent(ID, "p1", Funds.lovelace(7), "r2"));
    }

    @Test
    void theLastCreditCanBeSpentButNotOneMore() {
        fixture.given(CREATED, SPENT).when(new SpendCredits(ID, "p2", Funds.lovelace(3), "r1"))
                .expectEvents(new CreditsSpent(ID, "p2", Funds.lovelace(3), "r1"));
        fixture.given(CREATED, SPENT).when(new SpendCredits(ID, "p2", Funds.lovelace(4), "r1")).expectNoEvents()
                .expectExceptionDetails(new Rejection(Rejection.Kind.INVALID,
                        "The API key's credits do not suffice: the price is 4 lovelace, left are 3 lovelace", null));
        fixture.given(CREATED).when(new SpendCredits(ID, "p2", Funds.of(List.of(Amount.parse(POLICY, "1"))), "r1")).expectNoEvents()
                .expectExceptionMessage(containsString("the price is 1 " + POLICY));
    }

    @Test
    void whatIsGivenBackIsGivenBackOnceAndCanBeSpentAgain() {
        fixture.given(CREATED, SPENT).when(new RestoreCredits(ID, "p1", "it never locked")).expectEvents(RESTORED);
        fixture.given(CREATED, SPENT, RESTORED).when(new RestoreCredits(ID, "p1", "it never locked")).expectNoEvents();
        fixture.given(CREATED).when(new RestoreCredits(ID, "p1", "it never locked")).expectNoEvents();
        fixture.given(CREATED, SPENT, RESTORED).when(new SpendCredits(ID, "p1", Funds.lovelace(7), "r1")).expectEvents(SPENT);
    }

    @Test
    void aKeyWithoutLimitSpendsNothing() {
        ApiKeyCreated unlimited = new ApiKeyCreated(ID, TOKEN_HASH, "m****d", UNLIMITED, Funds.NONE, ADMIN);

        fixture.given(unlimited).when(new SpendCredits(ID, "p1", Funds.lovelace(7), "r1")).expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void aRevokedKeySpendsNoMoreButGetsBackWhatItSpent() {
        ApiKeyRevoked revoked = new ApiKeyRevoked(ID, ADMIN);

        fixture.given(CREATED, SPENT).when(new RevokeApiKey(ID, ADMIN)).expectEvents(revoked);
        fixture.given(CREATED, SPENT, revoked).when(new RevokeApiKey(ID, ADMIN)).expectNoEvents();
        fixture.given(CREATED, SPENT, revoked).when(new SpendCredits(ID, "p2", Funds.lovelace(1), "r1")).expectNoEvents()
                .expectExceptionDetails(new Rejection(Rejection.Kind.NOT_ALLOWED, "The API key is revoked", null));
        fixture.given(CREATED, SPENT, revoked).when(new RestoreCredits(ID, "p1", "it never locked")).expectEvents(RESTORED);
    }

    @Test
    void theStateSurvivesASnapshot() throws JsonProcessingException {
        ApiKeyState state = List.of(CREATED, SPENT, new ApiKeyRevoked(ID, ADMIN)).stream().reduce(null, ApiKeyState::evolve,
                (first, _) -> first);

        assertThat(NodeJson.MAPPER.readValue(NodeJson.MAPPER.writeValueAsString(state), ApiKeyState.class)).isEqualTo(state);
        assertThat(state.remaining()).isEqualTo(Funds.lovelace(3));
    }
}
