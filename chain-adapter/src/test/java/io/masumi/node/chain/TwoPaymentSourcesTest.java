package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.address.Credential;
import com.bloxbean.cardano.client.common.model.Networks;

import io.masumi.node.Requester;
import io.masumi.node.chain.Lockers.Lock;
import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.source.AddPaymentSource;
import io.masumi.node.contracts.CompiledScript;
import io.masumi.node.contracts.EscrowContract;
import io.masumi.node.contracts.EscrowParameters;
import io.masumi.node.contracts.PlutusAddress;
import io.masumi.node.contracts.RegistryPolicy;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.source.ContractParameters;

/** A node that follows two contracts. */
@Tag("slow")
class TwoPaymentSourcesTest {

    private static final BigInteger COLLATERAL = BigInteger.valueOf(1_500_000);
    private static final long ENOUGH = NodeOnDevelopmentNetwork.PRICE + COLLATERAL.longValueExact();

    /** Else its buyer would get the work for a lock that the seller can neither submit a result to nor withdraw from. */
    @Test
    void aLockUnderASalesIdentifierAtTheOtherContractIsNotTheSales() {
        try (NodeOnDevelopmentNetwork node = new NodeOnDevelopmentNetwork()) {
            String other = anotherContract(node);
            Sale sale = node.sale();
            node.commands().sendAndWait(sale.createPayment());
            String elsewhere = new Lockers(node, other).byBuyer(Lock.of(datum(node, sale), ENOUGH));
            node.until("followed there", () -> isFollowed(node, elsewhere));
            assertThat(node.events(sale.paymentId().value())).containsExactly("PaymentCreated");

            String agreed = new Lockers(node).byBuyer(Lock.of(datum(node, sale), ENOUGH));
            node.until("locked", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked);
            assertThat(node.payment(sale).escrow().output().transactionHash()).isEqualTo(agreed);
        }
    }

    private static boolean isFollowed(NodeOnDevelopmentNetwork node, String transaction) {
        return node.database().sql("SELECT count(*) FROM follower_cursor c JOIN observed_transaction t ON t.source_id = c.source_id"
                + " AND (c.block_height, c.transaction_index) >= (t.block_height, t.transaction_index) WHERE t.hash = ?").param(transaction)
                .query(Long.class).single() == 1;
    }

    private static EscrowDatum datum(NodeOnDevelopmentNetwork node, Sale sale) {
        BlockchainIdentifier.Parts parts = sale.identifier.parts();
        return new EscrowDatum(node.buyer, node.seller, parts.key(), parts.signature(), parts.sellerIdentifier(),
                parts.purchaserIdentifier(), COLLATERAL, "5d".repeat(32), "", sale.times, 0, 0, OnChainState.FundsLocked);
    }

    /** The same rules with other parameters. @return its address */
    private static String anotherContract(NodeOnDevelopmentNetwork node) {
        String key = "03".repeat(28);
        CompiledScript escrow = EscrowContract.script(
                new EscrowParameters(1, List.of(key), PlutusAddress.of(new io.masumi.node.contracts.Credential.Key(key)), 100, 1000));
        String address = AddressProvider.getEntAddress(Credential.fromScript(escrow.hash()), Networks.testnet()).toBech32();
        String holder = NodeOnDevelopmentNetwork.keyAddress(key);
        node.commands().sendAndWait(new AddPaymentSource(Network.Preprod, address, escrow.hex(), RegistryPolicy.script(address).hex(),
                new ContractParameters(1, List.of(holder), holder, 100, 1000), node.network.baseUrl(), "any", List.of(), Requester.NODE));
        return address;
    }
}
