package io.masumi.node.gateway.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.chain.source.KnownDeployment;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.ReferenceScript;
import io.masumi.node.wallet.WalletType;
import java.time.Instant;
import java.util.List;

/** Payment sources as admins see them. */
final class ExtendedSources {

    private static final int MAX_WALLETS = 100;
    private static final String MASK = "********";

    private final Views views;

    ExtendedSources(Views views) {
        this.views = views;
    }

    /** The provider's key is a secret: it is never read back, not even masked in part. @param rpcProviderUrl ours */
    record Config(String rpcProviderApiKey, String rpcProvider, String rpcProviderUrl) {}

    /** Whether the contract is one that its network's operators deployed, or one of the operator's own. */
    enum SyncStatus {
        in_sync,
        outdated_contract,
        custom_address
    }

    /** @param txHash and outputIndex null while no output carries the script */
    record CarriedScript(ContractScript script, ReferenceScript.Phase state, String txHash, Integer outputIndex, String errorNote) {

        static CarriedScript of(ReferenceScript script) {
            return new CarriedScript(script.script(), script.phase(), script.output() == null ? null : script.output().transactionHash(),
                    script.output() == null ? null : script.output().index(), script.errorNote());
        }
    }

    /** @param referenceScripts ours */
    record Source(String id, Instant createdAt, Instant updatedAt, Network network, PaymentSourceType paymentSourceType,
            int requiredAdminSignatures, String policyId, String smartContractAddress, SyncStatus contractSyncStatus,
            @JsonProperty("PaymentSourceConfig") Config paymentSourceConfig, String lastIdentifierChecked, boolean syncInProgress,
            Instant lastCheckedAt, @JsonProperty("AdminWallets") List<PaymentSourceController.AdminWallet> adminWallets,
            @JsonProperty("PurchasingWalletsCount") int purchasingWalletsCount,
            @JsonProperty("SellingWalletsCount") int sellingWalletsCount,
            @JsonProperty("FeeReceiverNetworkWallet") PaymentSourceController.WalletAddress feeReceiverNetworkWallet, int feeRatePermille,
            @JsonProperty("ReferenceScripts") List<CarriedScript> referenceScripts) {}

    Source of(PaymentSourceView source) {
        PaymentSourceController.Source plain = PaymentSourceController.Source.of(source);
        return new Source(plain.id(), plain.createdAt(), plain.updatedAt(), plain.network(), plain.paymentSourceType(),
                plain.requiredAdminSignatures(), plain.policyId(), plain.smartContractAddress(),
                KnownDeployment.at(plain.smartContractAddress()).isPresent() ? SyncStatus.in_sync : SyncStatus.custom_address,
                new Config(MASK, "Blockfrost", source.providerUrl()), null, false, null, plain.adminWallets(),
                count(source, WalletType.Purchasing), count(source, WalletType.Selling), plain.feeReceiverNetworkWallet(),
                plain.feeRatePermille(), source.referenceScripts().stream().map(CarriedScript::of).toList());
    }

    private int count(PaymentSourceView source, WalletType type) {
        return views.list(new ListHotWallets(MAX_WALLETS, null, source.id(), type, null, null), HotWalletView.class).size();
    }
}
