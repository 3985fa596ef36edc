package io.masumi.node.gateway.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.Requester;
import io.masumi.node.chain.cardano.key.Secret;
import io.masumi.node.chain.source.AddPaymentSource;
import io.masumi.node.chain.source.AddPaymentSource.Stated;
import io.masumi.node.chain.source.KnownDeployment;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.wallet.WalletType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Asks for a payment source. What the contract was compiled with comes from its script; members that state it may be left out,
 * and must agree if they are there.
 *
 * @param smartContractAddress ours: the escrow's address in bech32; the network's known deployment when absent
 * @param policyId ours: registry policy id, hex; not needed for a known deployment
 * @param cooldownTime ms
 */
record CreatePaymentSourceRequest(
        @NotNull Network network,
        PaymentSourceType paymentSourceType,
        @Size(max = 250) String smartContractAddress,
        @Pattern(regexp = "[0-9a-fA-F]{56}", message = "must be 56 hex digits") String policyId,
        @JsonProperty("PaymentSourceConfig") @NotNull @Valid Provider provider,
        @Min(0) @Max(1000) Integer feeRatePermille,
        @Min(0) Long cooldownTime,
        @JsonProperty("AdminWallets") @Size(min = 1, max = 50, message = "must have 1 to 50 entries") List<@NotNull @Valid WalletAddress> adminWallets,
        @Min(1) @Max(50) Integer requiredAdminSignatures,
        @JsonProperty("FeeReceiverNetworkWallet") @Valid WalletAddress feeReceiver,
        @JsonProperty("PurchasingWallets") @Size(max = 50, message = "must have at most 50 entries") List<@NotNull @Valid HotWallet> purchasingWallets,
        @JsonProperty("SellingWallets") @Size(max = 50, message = "must have at most 50 entries") List<@NotNull @Valid HotWallet> sellingWallets) {

    enum RpcProvider {
        Blockfrost
    }

    /** @param rpcProviderApiKey a secret. @param rpcProviderUrl ours: base URL of a Blockfrost API, the hosted one when absent */
    record Provider(@NotNull @Size(max = 250) String rpcProviderApiKey, @NotNull RpcProvider rpcProvider,
            @Size(min = 1, max = 250) String rpcProviderUrl) {

        String url(Network network) {
            return rpcProviderUrl != null
                    ? rpcProviderUrl
                    : "https://cardano-" + network.name().toLowerCase(Locale.ROOT) + ".blockfrost.io/api/v0";
        }

        @Override
        public String toString() {
            return "Provider[rpcProviderUrl=" + rpcProviderUrl + "]";
        }
    }

    record WalletAddress(@NotNull @Size(max = 250) String walletAddress) {}

    /** @param walletMnemonic 24 words, a secret */
    record HotWallet(@NotNull @Size(max = 1500) String walletMnemonic, @Size(max = 250) String collectionAddress,
            @NotNull @Size(max = 250) String note) {

        AddPaymentSource.Wallet of(WalletType type) {
            return new AddPaymentSource.Wallet(type, walletMnemonic, collectionAddress, note);
        }

        @Override
        public String toString() {
            return "HotWallet[note=" + note + "]";
        }
    }

    String escrowAddress() {
        return smartContractAddress == null ? KnownDeployment.of(network).escrowAddress() : smartContractAddress;
    }

    AddPaymentSource command(Requester requester) {
        Stated stated = new Stated(requiredAdminSignatures,
                adminWallets == null ? null : adminWallets.stream().map(WalletAddress::walletAddress).toList(),
                feeReceiver == null ? null : feeReceiver.walletAddress(), feeRatePermille, cooldownTime);
        return new AddPaymentSource(network, escrowAddress(), policyId == null ? null : policyId.toLowerCase(Locale.ROOT), List.of(),
                stated,
                provider.url(network), Secret.of(provider.rpcProviderApiKey()), wallets(), requester);
    }

    private List<AddPaymentSource.Wallet> wallets() {
        return Stream.concat(of(sellingWallets, WalletType.Selling), of(purchasingWallets, WalletType.Purchasing)).toList();
    }

    private static Stream<AddPaymentSource.Wallet> of(List<HotWallet> wallets, WalletType type) {
        return wallets == null ? Stream.of() : wallets.stream().map(wallet -> wallet.of(type));
    }
}
