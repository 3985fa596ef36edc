package io.masumi.node.wallet;

import static io.masumi.node.escrow.SaleExample.*;
import static org.hamcrest.CoreMatchers.containsString;

import io.masumi.node.Rejection;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.Network;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletCommand.AddHotWallet;
import io.masumi.node.wallet.HotWalletCommand.RecordOutputsMerged;
import io.masumi.node.wallet.HotWalletCommand.RecordTransactionGivenUp;
import io.masumi.node.wallet.HotWalletEvent.HotWalletAdded;
import io.masumi.node.wallet.HotWalletEvent.OutputsMerged;
import io.masumi.node.wallet.HotWalletEvent.TransactionGivenUp;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class HotWalletTest {

    private static final PaymentSourceId SOURCE_ID = PaymentSourceId.of(Network.Preprod, SOURCE.smartContractAddress());
    private static final HotWalletId ID = HotWalletId.of(SOURCE_ID, SELLER.vkey());

    private final FixtureConfiguration<HotWallet> fixture = new AggregateTestFixture<>(HotWallet.class);

    @Test
    void aKeyServesASourceOnce() {
        HotWalletAdded added = new HotWalletAdded(ID, SOURCE_ID, Network.Preprod, WalletType.Selling, SELLER.vkey(), SELLER.address(), null,
                "main", ADMIN);

        fixture.givenNoPriorActivity().when(add(ID)).expectEvents(added).expectResultMessagePayload(0L);
        fixture.given(added).when(add(ID)).expectNoEvents().expectExceptionDetails(
                new Rejection(Rejection.Kind.CONFLICT, "This payment source has a wallet with this key already", ID.value()));
    }

    @Test
    void anIdThatDoesNotFollowFromSourceAndKeyIsRefused() {
        fixture.givenNoPriorActivity().when(add(HotWalletId.of(SOURCE_ID, BUYER.vkey()))).expectNoEvents()
                .expectExceptionMessage(containsString("id does not follow"));
    }

    @Test
    void aMergeIsRecordedOnceForEachBlockItIsIn() {
        HotWalletAdded added = new HotWalletAdded(ID, SOURCE_ID, Network.Preprod, WalletType.Selling, SELLER.vkey(), SELLER.address(), null,
                "main", ADMIN);
        ChainPoint block = new ChainPoint(1_000, "ab".repeat(32), 50, 1_000_000);
        ChainPoint later = new ChainPoint(1_020, "cd".repeat(32), 51, 1_020_000);

        fixture.given(added).when(merged(block)).expectEvents(merge(block)).expectResultMessagePayload(1L);
        fixture.given(added, merge(block)).when(merged(block)).expectNoEvents().expectResultMessagePayload(1L);
        fixture.given(added, merge(block)).when(merged(later)).expectEvents(merge(later));
    }

    @Test
    void aTransactionThatWasGivenUpIsRecordedOnce() {
        HotWalletAdded added = new HotWalletAdded(ID, SOURCE_ID, Network.Preprod, WalletType.Selling, SELLER.vkey(), SELLER.address(), null,
                "main", ADMIN);
        GivenUpTransaction lost = new GivenUpTransaction("ef".repeat(32), 5_000, "expired", true);
        TransactionGivenUp givenUp = new TransactionGivenUp(ID, MergePurpose.Collateral, lost);
        RecordTransactionGivenUp command = new RecordTransactionGivenUp(ID, MergePurpose.Collateral, lost);

        fixture.given(added).when(command).expectEvents(givenUp);
        fixture.given(added, givenUp).when(command).expectNoEvents();
    }

    private static RecordOutputsMerged merged(ChainPoint at) {
        return new RecordOutputsMerged(ID, MergePurpose.Collateral, "ef".repeat(32), at, 175_000, ADMIN);
    }

    private static OutputsMerged merge(ChainPoint at) {
        return new OutputsMerged(ID, MergePurpose.Collateral, "ef".repeat(32), at, 175_000, ADMIN);
    }

    private static AddHotWallet add(HotWalletId id) {
        return new AddHotWallet(id, SOURCE_ID, Network.Preprod, WalletType.Selling, SELLER.vkey(), SELLER.address(), null, "main", ADMIN);
    }
}
