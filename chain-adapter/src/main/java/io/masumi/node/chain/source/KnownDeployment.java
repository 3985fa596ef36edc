package io.masumi.node.chain.source;

import io.masumi.node.escrow.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The escrows that Masumi's operators deployed (docs/contracts.md, "Known deployments"). What an escrow was
 * compiled with comes from its script; this adds what no script tells: the policy id, and the full addresses of people of
 * whom it names only the keys.
 */
public enum KnownDeployment {
    PREPROD(Network.Preprod, "addr_test1wz7j4kmg2cs7yf92uat3ed4a3u97kr7axxr4avaz0lhwdsqukgwfm",
            "7e8bdaf2b2b919a3a4b94002cafb50086c0c845fe535d07a77ab7f77",
            List.of("addr_test1qr7pdg0u7vy6a5p7cx9my9m0t63f4n48pwmez30t4laguawge7xugp6m5qgr6nnp6wazurtagjva8l9fc3a5a4scx0rq2ymhl3",
                    "addr_test1qplhs9snd92fmr3tzw87uujvn7nqd4ss0fn8yz7mf3y2mf3a3806uqngr7hvksqvtkmetcjcluu6xeguagwyaxevdhmsuycl5a",
                    "addr_test1qzy7a702snswullyjg06j04jsulldc6yw0m4r4w49jm44f30pgqg0ez34lrdj7dy7ndp2lgv8e35e6jzazun8gekdlsq99mm6w")),
    MAINNET(
            Network.Mainnet, "addr1wx7j4kmg2cs7yf92uat3ed4a3u97kr7axxr4avaz0lhwdsq87ujx7",
            "ad6424e3ce9e47bbd8364984bd731b41de591f1d11f6d7d43d0da9b9", List.of());

    private final Network network;
    private final String escrowAddress;
    private final String policyId;
    private final List<String> adminAddresses;

    KnownDeployment(Network network, String escrowAddress, String policyId, List<String> adminAddresses) {
        this.network = network;
        this.escrowAddress = escrowAddress;
        this.policyId = policyId;
        this.adminAddresses = adminAddresses;
    }

    /** The network's own deployment. */
    public static KnownDeployment of(Network network) {
        return Arrays.stream(values()).filter(each -> each.network == network).findFirst().orElseThrow();
    }

    /** The deployment with this address, if it is one of them. */
    public static Optional<KnownDeployment> at(String escrowAddress) {
        return Arrays.stream(values()).filter(each -> each.escrowAddress.equals(escrowAddress)).findFirst();
    }

    public Network network() {
        return network;
    }

    /** Bech32. */
    public String escrowAddress() {
        return escrowAddress;
    }

    /** Registry policy id, hex. */
    public String policyId() {
        return policyId;
    }

    /** Bech32, in the contract's order; none where only their keys are known. */
    List<String> adminAddresses() {
        return adminAddresses;
    }
}
