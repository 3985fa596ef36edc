package io.masumi.node.chain.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.bloxbean.cardano.client.address.Address;
import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.address.Credential;
import com.bloxbean.cardano.client.common.model.Networks;
import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.InteropVectors;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.SaleTerms;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdentifierQueriesTest {

    private final IdentifierQueries verifying = new IdentifierQueries(null);

    static Stream<InteropVectors.Sale> sales() {
        return InteropVectors.sales();
    }

    static Stream<InteropVectors.Sale> salesOfAllForms() {
        return Stream.concat(sales(), InteropVectors.salesByFormOfKey());
    }

    @ParameterizedTest
    @MethodSource("salesOfAllForms")
    void theIdentifierOfAnotherNodeHolds(InteropVectors.Sale sale) {
        assertThat(verifying.verify(query(sale))).isEqualTo(new IdentifierCheck(true, null));
    }

    @ParameterizedTest
    @MethodSource("sales")
    void itHoldsForNothingElse(InteropVectors.Sale sale) {
        VerifyIdentifier q = query(sale);
        EscrowTimes t = q.times();
        InteropVectors.Sale other = InteropVectors.sales().filter(each -> !each.equals(sale)).findFirst().orElseThrow();
        List<Amount> otherFunds = q.requestedFunds() == null ? List.of() : null;
        String byScript = AddressProvider.getEntAddress(
                Credential.fromScript(new Address(sale.sellerAddress()).getPaymentCredentialHash().orElseThrow()), Networks.testnet())
                .toBech32();
        String sameKeyOtherStake = AddressProvider.getEntAddress(
                Credential.fromKey(new Address(sale.sellerAddress()).getPaymentCredentialHash().orElseThrow()), Networks.testnet())
                .toBech32();

        refused(with(q, q.identifier(), "00" + q.inputHash().substring(2), q.requestedFunds(), t, q.sellerVkey(), q.sellerAddress()),
                "terms");
        refused(with(q, q.identifier(), q.inputHash(), otherFunds, t, q.sellerVkey(), q.sellerAddress()), "terms");
        refused(with(q, q.identifier(), q.inputHash(), q.requestedFunds(),
                new EscrowTimes(t.payByTime() + 1, t.submitResultTime(), t.unlockTime(), t.externalDisputeUnlockTime()), q.sellerVkey(),
                q.sellerAddress()), "terms");
        refused(with(q, q.identifier(), q.inputHash(), q.requestedFunds(), t, other.sellerVkey(), q.sellerAddress()), "sellerVkey");
        refused(with(q, q.identifier(), q.inputHash(), q.requestedFunds(), t, q.sellerVkey(), other.sellerAddress()), "held");
        refused(with(q, q.identifier(), q.inputHash(), q.requestedFunds(), t, q.sellerVkey(), byScript), "held");
        refused(with(q, q.identifier(), q.inputHash(), q.requestedFunds(), t, q.sellerVkey(), sameKeyOtherStake), "terms");
        refused(with(q, q.identifier(), q.inputHash(), q.requestedFunds(), t, q.sellerVkey(), "addr_test1nonsense"), "address");
        refused(with(q, new BlockchainIdentifier(other.blockchainIdentifier()), q.inputHash(), q.requestedFunds(), t, q.sellerVkey(),
                q.sellerAddress()), "identifierFromPurchaser");
        refused(with(q, new BlockchainIdentifier("2190"), q.inputHash(), q.requestedFunds(), t, q.sellerVkey(), q.sellerAddress()),
                "parts");
        refused(with(q, new BlockchainIdentifier("zz"), q.inputHash(), q.requestedFunds(), t, q.sellerVkey(), q.sellerAddress()), "hex");
        BlockchainIdentifier.Parts parts = q.identifier().parts();
        refused(with(q, BlockchainIdentifier.of(parts.sellerIdentifier(), parts.purchaserIdentifier(), other.coseSign1(), parts.key()),
                q.inputHash(), q.requestedFunds(), t, q.sellerVkey(), q.sellerAddress()), "terms");
        refused(with(q, BlockchainIdentifier.of(parts.sellerIdentifier(), parts.purchaserIdentifier(), other.coseSign1(), "a0"),
                q.inputHash(), q.requestedFunds(), t, q.sellerVkey(), q.sellerAddress()), "COSE_Key");
        refused(with(q, BlockchainIdentifier.of("00", parts.purchaserIdentifier(), parts.signature(), parts.key()), q.inputHash(),
                q.requestedFunds(), t, q.sellerVkey(), q.sellerAddress()), "agent identifier");
    }

    @Test
    void aWalletSignsAsTheVectorSays() {
        try (CardanoWorld world = new CardanoWorld()) {
            IdentifierQueries signing = new IdentifierQueries(world.wallets);
            SaleTerms terms = world.vector.terms();
            assertThat(signing.sign(new SignTerms(world.seller, terms)).value()).isEqualTo(world.vector.blockchainIdentifier());
            assertThatThrownBy(() -> signing.sign(new SignTerms(world.buyer, terms))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void refused(VerifyIdentifier query, String reason) {
        IdentifierCheck check = verifying.verify(query);
        assertThat(check.valid()).isFalse();
        assertThat(check.reason()).contains(reason);
    }

    private static VerifyIdentifier query(InteropVectors.Sale sale) {
        return new VerifyIdentifier(new BlockchainIdentifier(sale.blockchainIdentifier()), sale.terms().inputHash(),
                sale.terms().agentIdentifier(), sale.terms().purchaserIdentifier(), sale.terms().requestedFunds(), sale.terms().times(),
                sale.sellerVkey(), sale.sellerAddress());
    }

    private static VerifyIdentifier with(VerifyIdentifier q, BlockchainIdentifier identifier, String inputHash, List<Amount> funds,
            EscrowTimes times, String vkey, String address) {
        return new VerifyIdentifier(identifier, inputHash, q.agentIdentifier(), q.purchaserIdentifier(), funds, times, vkey, address);
    }
}
