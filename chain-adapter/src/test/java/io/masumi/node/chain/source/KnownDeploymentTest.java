package io.masumi.node.chain.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.escrow.Network;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be checked of the known deployments without their bytes. */
class KnownDeploymentTest {

    /** Where the fees of the deployment on Preprod go. */
    private static final String FEE_ADDRESS = "addr_test1qqfuahzn3rpnlah2ctcdjxdfl4230ygdar00qxc32guetexyg7nun6hggw9g2gpnayzf22sksr0aqdgkdcvqpc2stwtqt4u496";

    @Test
    void bothNetworksHaveTheSameScript() {
        List<ShelleyAddress> addresses = Stream.of(KnownDeployment.values())
                .map(known -> ShelleyAddress.parse(known.network(), known.escrowAddress())).toList();
        assertThat(addresses).extracting(ShelleyAddress::network).containsExactly(Network.Preprod, Network.Mainnet);
        assertThat(addresses).extracting(address -> address.paymentScriptHash().orElseThrow())
                .containsOnly("bd2adb685621e224aae7571cb6bd8f0beb0fdd31875eb3a27feee6c0");
    }

    @Test
    void aPolicyBelongsToOneNetworkOnly() {
        assertThat(KnownDeployment.values()).extracting(KnownDeployment::policyId).allMatch(id -> id.matches("[0-9a-f]{56}"))
                .doesNotHaveDuplicates();
    }

    @Test
    void adminsAndFeesAreHeldByKeysOfPeople() {
        assertThat(KnownDeployment.PREPROD.adminAddresses()).hasSize(3).doesNotHaveDuplicates()
                .allSatisfy(admin -> assertThat(ShelleyAddress.parse(Network.Preprod, admin).paymentKeyHash()).isPresent());
        assertThat(ShelleyAddress.parse(Network.Preprod, FEE_ADDRESS).paymentKeyHash()).isPresent();
    }

    @Test
    void isFoundByNetworkAndByAddress() {
        for (KnownDeployment known : KnownDeployment.values()) {
            assertThat(KnownDeployment.of(known.network())).isEqualTo(known);
            assertThat(KnownDeployment.at(known.escrowAddress())).contains(known);
        }
        assertThat(KnownDeployment.at(FEE_ADDRESS)).isEmpty();
    }
}
