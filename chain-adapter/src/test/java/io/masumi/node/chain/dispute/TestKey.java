package io.masumi.node.chain.dispute;

import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.address.Credential;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import io.masumi.node.chain.NodeOnDevelopmentNetwork;
import io.masumi.node.escrow.Participant;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;

/** A key outside the node, as an admin's wallet has it; Java's own Ed25519 signs. */
record TestKey(KeyPair pair) {

    static TestKey fresh() {
        try {
            return new TestKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 32 bytes: the end of the key's X.509 form. */
    byte[] publicKey() {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    String publicKeyHex() {
        return HexFormat.of().formatHex(publicKey());
    }

    String vkey() {
        return HexFormat.of().formatHex(Blake2bUtil.blake2bHash224(publicKey()));
    }

    Participant owner() {
        return new Participant(vkey(), NodeOnDevelopmentNetwork.keyAddress(vkey()));
    }

    /** The address of this key with a stake part, as people have. */
    Participant ownerWithStake() {
        return new Participant(vkey(), AddressProvider.getBaseAddress(Credential.fromKey(HexFormat.of().parseHex(vkey())),
                Credential.fromKey(new byte[28]), Networks.testnet()).toBech32());
    }

    /** @param hash hex */
    byte[] sign(String hash) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(HexFormat.of().parseHex(hash));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String signHex(String hash) {
        return HexFormat.of().formatHex(sign(hash));
    }

    /** As a wallet answers CIP-30's signTx. @param tagged whether it writes sets as Conway may */
    String witnessSet(String hash, boolean tagged) {
        return "a100" + (tagged ? "d90102" : "") + "81825820" + publicKeyHex() + "5840" + signHex(hash);
    }
}
