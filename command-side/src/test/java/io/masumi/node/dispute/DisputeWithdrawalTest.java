package io.masumi.node.dispute;

import static io.masumi.node.escrow.SaleExample.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.RejectedException;
import io.masumi.node.Rejection;
import io.masumi.node.Requester;
import io.masumi.node.dispute.DisputeCommand.ProposeWithdrawal;
import io.masumi.node.dispute.DisputeCommand.RecordConfirmed;
import io.masumi.node.dispute.DisputeCommand.RecordLost;
import io.masumi.node.dispute.DisputeCommand.RecordRolledBack;
import io.masumi.node.dispute.DisputeCommand.RecordSignatures;
import io.masumi.node.dispute.DisputeCommand.RecordSubmitted;
import io.masumi.node.dispute.DisputeEvent.SignaturesCompleted;
import io.masumi.node.dispute.DisputeEvent.WithdrawalConfirmed;
import io.masumi.node.dispute.DisputeEvent.WithdrawalLost;
import io.masumi.node.dispute.DisputeEvent.WithdrawalProposed;
import io.masumi.node.dispute.DisputeEvent.WithdrawalRolledBack;
import io.masumi.node.dispute.DisputeEvent.WithdrawalSigned;
import io.masumi.node.dispute.DisputeEvent.WithdrawalSubmitted;
import io.masumi.node.escrow.AdminWeight;
import io.masumi.node.escrow.DisputeOutcome;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Participant;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.hamcrest.CoreMatchers;
import org.hamcrest.CustomMatcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DisputeWithdrawalTest {

    private static final String A = "0a".repeat(28);
    private static final String B = "0b".repeat(28);
    private static final String PAYER = "0f".repeat(28);
    private static final String HASH = "77".repeat(32);
    private static final DisputeWithdrawalId ID = DisputeWithdrawalId.of(HASH);
    private static final long END = 2_000_000;
    private static final Requester ADMIN = new Requester("admin0001", true);
    private static final EscrowTransaction SEEN = transaction(7, EscrowAction.WithdrawDisputed);

    private static final WithdrawalProposed PROPOSED = new WithdrawalProposed(ID,
            proposal(LOCKED, new AdminWeight(A, 1), new AdminWeight(B, 1)),
            ADMIN);
    private static final WithdrawalSigned BY_A = new WithdrawalSigned(ID, by(A), ADMIN);
    private static final WithdrawalSigned BY_B = new WithdrawalSigned(ID, by(B), ADMIN);
    private static final WithdrawalSigned BY_PAYER = new WithdrawalSigned(ID, by(PAYER), ADMIN);
    private static final SignaturesCompleted COMPLETED = new SignaturesCompleted(ID, HASH, List.of(by(A), by(PAYER), by(B)));

    private final FixtureConfiguration<DisputeWithdrawal> fixture = new AggregateTestFixture<>(DisputeWithdrawal.class);

    @BeforeEach
    void setClock() {
        at(END - 1);
    }

    private void at(long millis) {
        fixture.registerInjectableResource(Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
    }

    @Test
    void anAdminProposesOnceWithEnoughWeightAndAllOfTheMoney() {
        fixture.givenNoPriorActivity().when(new ProposeWithdrawal(ID, PROPOSED.proposal(), ADMIN)).expectEvents(PROPOSED);
        fixture.given(PROPOSED).when(new ProposeWithdrawal(ID, PROPOSED.proposal(), ADMIN)).expectException(RejectedException.class);
        refused(proposal(LOCKED, new AdminWeight(A, 1)), ADMIN, Rejection.Kind.INVALID);
        refused(proposal(Funds.lovelace(1), new AdminWeight(A, 2)), ADMIN, Rejection.Kind.INVALID);
        refused(PROPOSED.proposal(), OWNER, Rejection.Kind.NOT_ALLOWED);
        fixture.givenNoPriorActivity().when(new ProposeWithdrawal(ID, proposal(LOCKED, new AdminWeight(A, 2)), ADMIN))
                .expectSuccessfulHandlerExecution();
    }

    private void refused(Proposal proposal, Requester by, Rejection.Kind kind) {
        fixture.givenNoPriorActivity().when(new ProposeWithdrawal(ID, proposal, by))
                .expectExceptionDetails(new CustomMatcher<Object>("of kind " + kind) {
                    @Override
                    public boolean matches(Object actual) {
                        return actual instanceof Rejection why && why.kind() == kind;
                    }
                });
    }

    @Test
    void itIsCompleteWhenEveryKeyHasSignedAndASecondSignatureOfAKeyChangesNothing() {
        fixture.given(PROPOSED).when(sign(by(A))).expectEvents(BY_A);
        fixture.given(PROPOSED, BY_A).when(sign(by(A))).expectNoEvents();
        fixture.given(PROPOSED, BY_A).when(sign(by(PAYER), by(PAYER))).expectEvents(BY_PAYER);
        fixture.given(PROPOSED, BY_A, BY_PAYER).when(sign(by(A), by(B))).expectEvents(BY_B, COMPLETED);
        fixture.given(PROPOSED, BY_A, BY_PAYER, BY_B, COMPLETED).when(sign(by(B))).expectNoEvents();
    }

    @Test
    void whoNeedNotSignIsRefusedAndSoIsWhoIsNoAdminKeyOrLate() {
        fixture.given(PROPOSED).when(sign(by("0c".repeat(28)))).expectExceptionMessage(CoreMatchers.containsString("0c0c"));
        fixture.given(PROPOSED).when(new RecordSignatures(ID, List.of(by(A)), OWNER)).expectException(RejectedException.class);
        fixture.given(PROPOSED, new WithdrawalLost(ID, DisputeWithdrawalStatus.Superseded, "gone", null)).when(sign(by(A)))
                .expectExceptionMessage(CoreMatchers.containsString("Superseded"));
    }

    @Test
    void afterItsTimeNobodySignsAnyMore() {
        FixtureConfiguration<DisputeWithdrawal> late = new AggregateTestFixture<>(DisputeWithdrawal.class);
        late.registerInjectableResource(Clock.fixed(Instant.ofEpochMilli(END), ZoneOffset.UTC));
        late.given(PROPOSED, BY_A).when(sign(by(B))).expectExceptionMessage(CoreMatchers.containsString("time is over"));
        late.given(PROPOSED, BY_A).when(sign(by(A))).expectNoEvents();
    }

    @Test
    void theChainHasTheLastWord() {
        Object[] complete = {PROPOSED, BY_A, BY_PAYER, BY_B, COMPLETED};
        WithdrawalSubmitted submitted = new WithdrawalSubmitted(ID, HASH);
        WithdrawalConfirmed confirmed = new WithdrawalConfirmed(ID, SEEN);
        WithdrawalLost lost = new WithdrawalLost(ID, DisputeWithdrawalStatus.Expired, "late", null);
        fixture.given(complete).when(new RecordSubmitted(ID)).expectEvents(submitted);
        fixture.given(complete).andGiven(submitted).when(new RecordSubmitted(ID)).expectNoEvents();
        fixture.given(complete).andGiven(submitted).when(new RecordConfirmed(ID, SEEN)).expectEvents(confirmed);
        fixture.given(complete).andGiven(submitted, confirmed).when(new RecordConfirmed(ID, SEEN)).expectNoEvents();
        fixture.given(complete).andGiven(submitted, confirmed).when(new RecordLost(ID, lost.status(), "late", null)).expectNoEvents();
        fixture.given(complete).andGiven(submitted, confirmed).when(new RecordRolledBack(ID))
                .expectEvents(new WithdrawalRolledBack(ID, SEEN));
        fixture.given(complete).andGiven(submitted).when(new RecordRolledBack(ID)).expectNoEvents();
        fixture.given(complete).andGiven(submitted).when(new RecordLost(ID, lost.status(), "late", null)).expectEvents(lost);
        fixture.given(complete).andGiven(lost).when(new RecordConfirmed(ID, SEEN)).expectEvents(confirmed);
    }

    @Test
    void theCollateralReturnIsTheBuyersWhoeverWins() {
        Division forSeller = Division.forSeller(LOCKED, COLLATERAL_RETURN);
        assertThat(forSeller.buyer().lovelace()).isEqualTo(COLLATERAL_RETURN);
        assertThat(forSeller.outcome(COLLATERAL_RETURN)).isEqualTo(DisputeOutcome.ForSeller);
        assertThat(Division.forSeller(LOCKED, BigInteger.valueOf(Long.MAX_VALUE)).seller()).isEqualTo(Funds.NONE);
        assertThat(Division.forBuyer(LOCKED).outcome(COLLATERAL_RETURN)).isEqualTo(DisputeOutcome.ForBuyer);
        assertThat(new Division(Funds.lovelace(1), LOCKED).outcome(COLLATERAL_RETURN)).isEqualTo(DisputeOutcome.Split);
        assertThatThrownBy(() -> new Division(Funds.lovelace(1), LOCKED).requireAllOf(LOCKED)).isInstanceOf(RejectedException.class);
    }

    private static RecordSignatures sign(KeySignature... signatures) {
        return new RecordSignatures(ID, List.of(signatures), ADMIN);
    }

    private static KeySignature by(String vkey) {
        return new KeySignature(vkey, "01".repeat(32), "02".repeat(64));
    }

    private static Proposal proposal(Funds value, AdminWeight... admins) {
        Division division = Division.forSeller(LOCKED, COLLATERAL_RETURN);
        return new Proposal(SOURCE, IDENTIFIER, output(3), value, division, DisputeOutcome.ForSeller, List.of(admins), 2,
                new Participant(PAYER, "addr_test1payer"), HASH, "84a0a0f5f6", 300_000, 2000, END);
    }
}
