package io.masumi.node.chain.source;

import io.masumi.node.Requester;
import io.masumi.node.escrow.Network;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.wallet.WalletType;
import java.util.List;

/**
 * A command to the chain adapter: takes a contract's scripts, a provider and wallets in, keeps what is secret among the
 * node's secrets, and then creates the payment source and its hot wallets. Doing it again changes nothing. Answers the
 * {@link io.masumi.node.source.PaymentSourceId}.
 *
 * @param escrowScript hex of the escrow script's bytes, whose hash must be the address's
 * @param registryScript hex of the registry policy's bytes, whose hash is the policy id
 * @param providerUrl base URL of a Blockfrost API
 * @param providerKey its project id, a secret
 */
public record AddPaymentSource(Network network, String smartContractAddress, String escrowScript, String registryScript,
        ContractParameters parameters, String providerUrl, String providerKey, List<Wallet> wallets, Requester requester) {

    /** @param mnemonic 24 words, a secret. @param collectionAddress bech32 or null. @param note may be null */
    public record Wallet(WalletType type, String mnemonic, String collectionAddress, String note) {

        @Override
        public String toString() {
            return "Wallet[type=" + type + "]";
        }
    }

    @Override
    public String toString() {
        return "AddPaymentSource[smartContractAddress=" + smartContractAddress + "]";
    }
}
