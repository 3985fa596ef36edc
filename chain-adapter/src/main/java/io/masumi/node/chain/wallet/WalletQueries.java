package io.masumi.node.chain.wallet;

import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.cardano.key.Mnemonics;
import io.masumi.node.chain.cardano.key.Secret;
import io.masumi.node.chain.cardano.key.WalletIdentity;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;

/** Answers what can be asked about wallets as the chain sees them. */
public final class WalletQueries {

    private static final int MAX_COUNT = 100;

    private final BlockfrostChainProviders providers;

    public WalletQueries(BlockfrostChainProviders providers) {
        this.providers = providers;
    }

    /**
     * @throws IllegalArgumentException if the address is none of the network, or count or page are out of range
     * @throws io.masumi.node.chain.cardano.provider.ProviderUnavailableException if the provider has a fault
     */
    @QueryHandler
    public List<Utxo> find(FindUtxos query) {
        String address = ShelleyAddress.parse(query.network(), query.address()).bech32();
        if (query.count() < 1 || query.count() > MAX_COUNT || query.page() < 1) {
            throw new IllegalArgumentException("count must be 1 to " + MAX_COUNT + ", page at least 1");
        }
        return providers.ofNetwork(query.network())
                .orElseThrow(() -> new IllegalArgumentException("there is no payment source on " + query.network()))
                .unspent(address, query.count(), query.page(), query.newestFirst());
    }

    @QueryHandler
    public GeneratedWallet generate(GenerateMnemonic query) {
        String mnemonic = Mnemonics.fresh();
        WalletIdentity identity = Mnemonics.identity(query.network(), mnemonic);
        return new GeneratedWallet(new Secret(mnemonic), identity.address(), identity.vkey());
    }
}
