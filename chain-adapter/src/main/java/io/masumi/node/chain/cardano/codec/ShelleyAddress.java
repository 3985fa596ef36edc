package io.masumi.node.chain.cardano.codec;

import com.bloxbean.cardano.client.address.Address;
import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.address.AddressType;
import com.bloxbean.cardano.client.address.Credential;
import com.bloxbean.cardano.client.address.CredentialType;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.plutus.spec.BytesPlutusData;
import com.bloxbean.cardano.client.plutus.spec.ConstrPlutusData;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.Participant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A payment address with an inline stake part or none, and its form as Plutus data. */
public final class ShelleyAddress {

    private static final int HASH_BYTES = 28;

    private final Network network;
    private final Credential payment;
    private final Optional<Credential> stake;
    private final String bech32;

    private ShelleyAddress(Network network, Credential payment, Optional<Credential> stake) {
        this.network = network;
        this.payment = payment;
        this.stake = stake;
        com.bloxbean.cardano.client.common.model.Network library = network == Network.Mainnet ? Networks.mainnet() : Networks.testnet();
        this.bech32 = stake.map(s -> AddressProvider.getBaseAddress(payment, s, library))
                .orElseGet(() -> AddressProvider.getEntAddress(payment, library)).toBech32();
    }

    /** @throws IllegalArgumentException if the text is no such address, in words for the client */
    public static ShelleyAddress parse(String bech32) {
        try {
            Address address = new Address(bech32);
            AddressType type = address.getAddressType();
            if (type == AddressType.Base || type == AddressType.Enterprise) {
                Network network = address.getNetwork().getNetworkId() == Networks.mainnet().getNetworkId()
                        ? Network.Mainnet
                        : Network.Preprod;
                Optional<Credential> stake = type == AddressType.Base ? address.getDelegationCredential() : Optional.empty();
                ShelleyAddress parsed = new ShelleyAddress(network, address.getPaymentCredential().orElseThrow(), stake);
                if (parsed.bech32.equals(bech32)) {
                    return parsed;
                }
            }
        } catch (RuntimeException e) {
            // Falls through: whatever the library stumbled over, the text is no address.
        }
        throw new IllegalArgumentException("'" + abbreviated(bech32) + "' is not a payment address in bech32");
    }

    /** As {@link #parse}, and of this network. */
    public static ShelleyAddress parse(Network network, String bech32) {
        ShelleyAddress address = parse(bech32);
        if (address.network != network) {
            throw new IllegalArgumentException("'" + abbreviated(bech32) + "' is not an address of " + network);
        }
        return address;
    }

    /** The address of a payment key alone, without a stake part. @param keyHash hex */
    public static ShelleyAddress ofPaymentKey(Network network, String keyHash) {
        return new ShelleyAddress(network, Credential.fromKey(HexFormat.of().parseHex(keyHash)), Optional.empty());
    }

    private static String abbreviated(String text) {
        return text == null || text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }

    public String bech32() {
        return bech32;
    }

    public Network network() {
        return network;
    }

    /** Hex hash of the payment key; empty when a script holds the address. */
    public Optional<String> paymentKeyHash() {
        return hash(CredentialType.Key);
    }

    /** Hex hash of the script that holds the address; empty when a key does. */
    public Optional<String> paymentScriptHash() {
        return hash(CredentialType.Script);
    }

    private Optional<String> hash(CredentialType type) {
        return payment.getType() == type ? Optional.of(HexFormat.of().formatHex(payment.getBytes())) : Optional.empty();
    }

    /** This address as the party of a sale; its vkey is null when a script holds the address. */
    public Participant participant() {
        return new Participant(paymentKeyHash().orElse(null), bech32);
    }

    /** Constructor 0 of payment credential and optional inline stake credential. */
    public PlutusData toPlutusData() {
        PlutusData stakePart = stake.<PlutusData>map(s -> ConstrPlutusData.of(0, ConstrPlutusData.of(0, credential(s))))
                .orElseGet(() -> ConstrPlutusData.of(1));
        return ConstrPlutusData.of(0, credential(payment), stakePart);
    }

    /** The address that the data stands for on a network; empty if it stands for none, or has a pointer for a stake part. */
    public static Optional<ShelleyAddress> fromPlutusData(PlutusData data, Network network) {
        return fields(data, 0, 2).flatMap(parts -> credential(parts.get(0)).flatMap(payment -> {
            if (fields(parts.get(1), 1, 0).isPresent()) {
                return Optional.of(new ShelleyAddress(network, payment, Optional.empty()));
            }
            return fields(parts.get(1), 0, 1).flatMap(some -> fields(some.getFirst(), 0, 1))
                    .flatMap(inline -> credential(inline.getFirst()))
                    .map(stake -> new ShelleyAddress(network, payment, Optional.of(stake)));
        }));
    }

    private static PlutusData credential(Credential credential) {
        return ConstrPlutusData.of(credential.getType() == CredentialType.Key ? 0 : 1, BytesPlutusData.of(credential.getBytes()));
    }

    private static Optional<Credential> credential(PlutusData data) {
        Optional<byte[]> key = fields(data, 0, 1).flatMap(fields -> hash(fields.getFirst()));
        if (key.isPresent()) {
            return key.map(Credential::fromKey);
        }
        return fields(data, 1, 1).flatMap(fields -> hash(fields.getFirst())).map(Credential::fromScript);
    }

    private static Optional<byte[]> hash(PlutusData data) {
        return data instanceof BytesPlutusData bytes && bytes.getValue().length == HASH_BYTES
                ? Optional.of(bytes.getValue())
                : Optional.empty();
    }

    private static Optional<List<PlutusData>> fields(PlutusData data, long constructor, int count) {
        if (data instanceof ConstrPlutusData constr && constr.getAlternative() == constructor) {
            List<PlutusData> fields = constr.getData().getPlutusDataList();
            return fields.size() == count ? Optional.of(fields) : Optional.empty();
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShelleyAddress address && bech32.equals(address.bech32);
    }

    @Override
    public int hashCode() {
        return bech32.hashCode();
    }

    @Override
    public String toString() {
        return bech32;
    }
}
