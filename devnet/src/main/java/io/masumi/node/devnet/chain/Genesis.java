package io.masumi.node.devnet.chain;

import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerValue;
import io.masumi.node.devnet.ledger.OutputDatum;
import java.util.Optional;
import com.bloxbean.cardano.client.transaction.spec.Value;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import com.bloxbean.cardano.client.exception.AddressExcepion;
import com.bloxbean.cardano.client.common.cbor.CborSerializationUtil;
import co.nstant.in.cbor.CborException;
import com.bloxbean.cardano.client.address.Address;
import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.address.Credential;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import com.bloxbean.cardano.client.crypto.KeyGenUtil;
import com.bloxbean.cardano.client.crypto.SecretKey;
import com.bloxbean.cardano.client.crypto.VerificationKey;
import com.bloxbean.cardano.client.exception.CborSerializationException;
import com.bloxbean.cardano.client.crypto.CryptoException;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * What a chain begins with.
 *
 * @param zeroTime Unix milliseconds at which slot 0 began
 * @param networkMagic tells this network from others of the same kind
 * @param faucetSeed 32 bytes, hex: the private key of the faucet, worth nothing elsewhere
 * @param funds lovelace that the faucet has at first
 */
public record Genesis(long zeroTime, int networkMagic, String faucetSeed, BigInteger funds) {
    /** The magic that local development networks commonly use. */
    public static final int DEVELOPMENT_MAGIC = 42;
    /** All the ada there may ever be, in lovelace. */
    public static final BigInteger MAXIMUM_SUPPLY = BigInteger.valueOf(45_000_000_000_000_000L);

    public SecretKey faucetKey() {
        try {
            return SecretKey.create(HexFormat.of().parseHex(faucetSeed));
        } catch (CborSerializationException e) {
            throw new IllegalStateException("the faucet key cannot be made", e);
        }
    }

    public VerificationKey faucetVerificationKey() {
        try {
            return KeyGenUtil.getPublicKeyFromPrivateKey(faucetKey());
        } catch (CborSerializationException | CryptoException e) {
            throw new IllegalStateException("the faucet key cannot be made", e);
        }
    }

    public Address faucetAddress() {
        return AddressProvider.getEntAddress(Credential.fromKey(Blake2bUtil.blake2bHash224(faucetVerificationKey().getBytes())),
                Networks.testnet());
    }

    /** Stands for the transaction that made the first outputs, and for the block before the first. */
    public String hash() {
        byte[] seed = HexFormat.of().parseHex(faucetSeed);
        ByteBuffer identity = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + seed.length).putLong(zeroTime).putInt(networkMagic)
                .put(seed);
        return HexFormat.of().formatHex(Blake2bUtil.blake2bHash256(identity.array()));
    }

    /** The one output that no transaction made. */
    LedgerOutput output() {
        Address address = faucetAddress();
        try {
            TransactionOutput output = TransactionOutput.builder().address(address.toBech32()).value(Value.fromCoin(funds)).build();
            return new LedgerOutput(address, LedgerValue.ofLovelace(funds), 0, new OutputDatum.None(), Optional.empty(),
                    CborSerializationUtil.serialize(output.serialize()));
        } catch (CborSerializationException | AddressExcepion | CborException e) {
            throw new IllegalStateException("the genesis output cannot be written", e);
        }
    }
}
