package io.masumi.node.wallet;

import static io.masumi.node.escrow.SaleExample.*;
import static org.hamcrest.CoreMatchers.containsString;

import io.masumi.node.Rejection;
import io.masumi.node.escrow.Network;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletCommand.AddHotWallet;
import io.masumi.node.wallet.HotWalletEvent.HotWalletAdded;
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

    private static AddHotWallet add(HotWalletId id) {
        return new AddHotWallet(id, SOURCE_ID, Network.Preprod, WalletType.Selling, SELLER.vkey(), SELLER.address(), null, "main", ADMIN);
    }
}
