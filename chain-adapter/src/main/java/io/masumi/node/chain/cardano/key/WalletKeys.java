package io.masumi.node.chain.cardano.key;

import io.masumi.node.escrow.Network;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The hot wallets' keys: who they are, and signing with them. A mnemonic is decrypted for one signature and forgotten. */
public final class WalletKeys {

    private final JdbcClient database;
    private final SecretStore secrets;

    public WalletKeys(JdbcClient database, SecretStore secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /**
     * Takes a wallet in; the same one again changes nothing.
     *
     * @throws IllegalArgumentException if the mnemonic is none; the message does not repeat it
     */
    public WalletIdentity add(PaymentSourceId sourceId, Network network, String mnemonic) {
        WalletIdentity identity = Mnemonics.identity(network, mnemonic);
        HotWalletId walletId = HotWalletId.of(sourceId, identity.vkey());
        secrets.put(SecretKind.WALLET_MNEMONIC, walletId.value(), mnemonic);
        database.sql("""
                insert into chain_wallet (id, source_id, network, public_key, vkey, address)
                values (:id, :source, :network, :publicKey, :vkey, :address) on conflict (id) do nothing""")
                .param("id", walletId.value()).param("source", sourceId.value()).param("network", network.name())
                .param("publicKey", identity.publicKey()).param("vkey", identity.vkey()).param("address", identity.address()).update();
        return identity;
    }

    /** The wallets of a payment source. */
    public List<HotWalletId> of(PaymentSourceId sourceId) {
        return database.sql("select id from chain_wallet where source_id = :source order by id").param("source", sourceId.value())
                .query(String.class).list().stream().map(HotWalletId::new).toList();
    }

    /** @throws NoSuchElementException if there is no such wallet */
    public WalletIdentity identity(HotWalletId walletId) {
        return wallet(walletId).identity();
    }

    /**
     * Signs with the wallet's payment key.
     *
     * @return the 64 bytes of an Ed25519 signature
     * @throws NoSuchElementException if there is no such wallet
     * @throws WrongEncryptionKeyException if its secret does not open
     */
    public byte[] sign(HotWalletId walletId, byte[] message) {
        Network network = wallet(walletId).network();
        return secrets.use(SecretKind.WALLET_MNEMONIC, walletId.value(), mnemonic -> WalletAccount.of(network, mnemonic).sign(message))
                .orElseThrow(() -> new NoSuchElementException("no key is kept for wallet " + walletId));
    }

    private record Wallet(Network network, WalletIdentity identity) {}

    private Wallet wallet(HotWalletId walletId) {
        return database.sql("select network, public_key, vkey, address from chain_wallet where id = :id").param("id", walletId.value())
                .query((row, index) -> new Wallet(Network.valueOf(row.getString("network")),
                        new WalletIdentity(row.getBytes("public_key"), row.getString("vkey"), row.getString("address"))))
                .optional().orElseThrow(() -> new NoSuchElementException("there is no wallet " + walletId));
    }
}
