package io.masumi.node.chain.source;

import io.masumi.node.Requester;
import io.masumi.node.chain.cardano.key.Secret;
import io.masumi.node.escrow.Network;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.wallet.WalletType;
import java.util.List;

/**
 * A command to the chain adapter: finds a contract's scripts by the hashes they go by, reads out of them what they were
 * compiled with, takes a provider and wallets in, keeps what is secret among the node's secrets, and then creates the payment
 * source and its hot wallets. Doing it again changes nothing. Answers the {@link io.masumi.node.source.PaymentSourceId}.
 *
 * @param smartContractAddress the escrow's, bech32
 * @param policyId registry policy id, hex; null if it is known otherwise: from a known deployment, or from a script at hand
 * @param scripts hex of scripts that may not be on the chain yet; they count only if they have the hashes looked for
 * @param stated what must turn out to be so
 * @param providerUrl base URL of a Blockfrost API
 * @param providerKey its project id, may be null
 */
public record AddPaymentSource(Network network, String smartContractAddress, String policyId, List<String> scripts, Stated stated,
        String providerUrl, Secret providerKey, List<Wallet> wallets, Requester requester) {

    /** Of a contract of our own, whose scripts and parameters are at hand. @param escrowScript and registryScript hex */
    public AddPaymentSource(Network network, String smartContractAddress, String escrowScript, String registryScript,
            ContractParameters parameters, String providerUrl, String providerKey, List<Wallet> wallets, Requester requester) {
        this(network, smartContractAddress, null, List.of(escrowScript, registryScript), Stated.of(parameters), providerUrl,
                Secret.of(providerKey),
                wallets, requester);
    }

    /**
     * What is said about a contract besides its address. All of it may be null: then nothing is said.
     *
     * @param adminAddresses bech32, in any order
     * @param feeAddress bech32
     * @param cooldownTime ms
     */
    public record Stated(Integer requiredAdminSignatures, List<String> adminAddresses, String feeAddress, Integer feeRatePermille,
            Long cooldownTime) {

        public static final Stated NOTHING = new Stated(null, null, null, null, null);

        static Stated of(ContractParameters parameters) {
            return new Stated(parameters.requiredAdminSignatures(), parameters.adminAddresses(), parameters.feeAddress(),
                    parameters.feeRatePermille(), parameters.cooldownTime());
        }
    }

    /** @param mnemonic 24 words. @param collectionAddress bech32 or null. @param note may be null */
    public record Wallet(WalletType type, Secret mnemonic, String collectionAddress, String note) {

        public Wallet(WalletType type, String mnemonic, String collectionAddress, String note) {
            this(type, Secret.of(mnemonic), collectionAddress, note);
        }
    }

    @Override
    public String toString() {
        return "AddPaymentSource[smartContractAddress=" + smartContractAddress + "]";
    }
}
