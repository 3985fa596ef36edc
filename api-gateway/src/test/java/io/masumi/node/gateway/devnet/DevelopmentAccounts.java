package io.masumi.node.gateway.devnet;

import io.masumi.node.chain.cardano.key.EncryptionKey;
import com.bloxbean.cardano.client.account.Account;

/** Keys of a node on its development network, for a test that acts with them outside the node. */
public final class DevelopmentAccounts {

    private final DevelopmentWallets wallets;

    /** @param encryptionKey the node's */
    public DevelopmentAccounts(String encryptionKey) {
        wallets = new DevelopmentWallets(new EncryptionKey(encryptionKey));
    }

    /** Who pays for the node's purchases. */
    public Account purchasing() {
        return wallets.named("purchasing").account();
    }

    /** @param number from 1 */
    public Account admin(int number) {
        return wallets.named("admin " + number).account();
    }
}
