package io.masumi.node.chain.identifier;

import com.bloxbean.cardano.client.address.Address;
import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.cardano.key.WalletIdentity;
import io.masumi.node.chain.cardano.key.WalletKeys;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.SaleTerms;
import java.util.HexFormat;
import org.axonframework.queryhandling.QueryHandler;

/** Makes and checks the seller's signature over the terms of a sale (docs/domain.md, "Blockchain identifier"). */
public final class IdentifierQueries {

    private final WalletKeys wallets;

    public IdentifierQueries(WalletKeys wallets) {
        this.wallets = wallets;
    }

    /** @throws IllegalArgumentException if the terms name another seller's address than the wallet's */
    @QueryHandler
    public BlockchainIdentifier sign(SignTerms query) {
        SaleTerms terms = query.terms();
        WalletIdentity wallet = wallets.identity(query.walletId());
        if (!wallet.address().equals(terms.sellerAddress())) {
            throw new IllegalArgumentException("the terms name seller " + terms.sellerAddress() + ", the wallet is " + wallet.address());
        }
        CoseSignature signed = CoseSignature.of(terms.digest(), new Address(wallet.address()).getBytes(), wallet.publicKey(),
                message -> wallets.sign(query.walletId(), message));
        return BlockchainIdentifier.of(terms.sellerIdentifier(), terms.purchaserIdentifier(), signed.signature(), signed.key());
    }

    /** Never throws: whatever a stranger sends, the answer says what is wrong with it. */
    @QueryHandler
    public IdentifierCheck verify(VerifyIdentifier query) {
        try {
            return check(query);
        } catch (IllegalArgumentException e) {
            return refused(e.getMessage());
        }
    }

    private static IdentifierCheck check(VerifyIdentifier query) {
        BlockchainIdentifier.Parts parts = query.identifier().parts();
        if (!parts.purchaserIdentifier().equals(query.purchaserIdentifier())) {
            return refused("blockchainIdentifier is for another identifierFromPurchaser");
        }
        if (!parts.agentIdentifier().equals(query.agentIdentifier())) {
            return refused("blockchainIdentifier is for another agentIdentifier");
        }
        CoseSignature signed = new CoseSignature(parts.signature(), parts.key());
        byte[] publicKey = signed.publicKey().orElse(null);
        if (publicKey == null) {
            return refused("blockchainIdentifier's key is not an Ed25519 COSE_Key");
        }
        String vkey = HexFormat.of().formatHex(Blake2bUtil.blake2bHash224(publicKey));
        if (!vkey.equals(query.sellerVkey())) {
            return refused("blockchainIdentifier is signed by another key than sellerVkey");
        }
        if (!ShelleyAddress.parse(query.sellerAddress()).paymentKeyHash().map(vkey::equals).orElse(false)) {
            return refused("the agent is not held by the key that signed blockchainIdentifier");
        }
        SaleTerms terms = new SaleTerms(query.inputHash(), query.agentIdentifier(), query.purchaserIdentifier(), parts.sellerIdentifier(),
                query.requestedFunds(), query.times(), query.sellerAddress());
        return signed.covers(terms.digest())
                ? new IdentifierCheck(true, null)
                : refused("blockchainIdentifier's signature does not cover these terms");
    }

    private static IdentifierCheck refused(String reason) {
        return new IdentifierCheck(false, reason);
    }
}
