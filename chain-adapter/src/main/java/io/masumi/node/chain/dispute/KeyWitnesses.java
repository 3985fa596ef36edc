package io.masumi.node.chain.dispute;

import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import io.masumi.node.cbor.CborItem;
import io.masumi.node.cbor.MalformedCborException;
import io.masumi.node.chain.cardano.key.Ed25519;
import io.masumi.node.dispute.KeySignature;
import io.masumi.node.cbor.CborItem.Kind;
import io.masumi.node.cbor.CborWriter;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Takes key witnesses out of what wallets answer, checks them, and puts them into a transaction without touching its other bytes. */
final class KeyWitnesses {

    private static final BigInteger KEYS = BigInteger.ZERO;
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    private static final int MAX_NESTED = 100;

    private KeyWitnesses() {}

    /**
     * The key witnesses of a witness set, or of a whole transaction.
     *
     * @throws MalformedCborException if it is neither
     */
    static List<KeySignature> read(byte[] cbor) {
        CborItem item = CborItem.parse(cbor, MAX_NESTED);
        CborItem set = item.kind() == Kind.ARRAY && item.items().size() > 1 ? item.items().get(1) : item;
        return set.entries().stream().filter(entry -> entry.getKey().asUnsigned().equals(KEYS))
                .flatMap(entry -> entry.getValue().untagged().items().stream())
                .map(witness -> witness(witness.items(2).get(0).asBytes(), witness.items(2).get(1).asBytes())).toList();
    }

    /** @throws MalformedCborException if the lengths are wrong */
    static KeySignature witness(byte[] publicKey, byte[] signature) {
        if (publicKey.length != KEY_BYTES || signature.length != SIGNATURE_BYTES) {
            throw new MalformedCborException("a key has " + KEY_BYTES + " bytes and a signature " + SIGNATURE_BYTES);
        }
        HexFormat hex = HexFormat.of();
        return new KeySignature(hex.formatHex(Blake2bUtil.blake2bHash224(publicKey)), hex.formatHex(publicKey), hex.formatHex(signature));
    }

    /** Whether it is a signature of that hash by that key. @param transactionHash hex */
    static boolean covers(KeySignature witness, String transactionHash) {
        HexFormat hex = HexFormat.of();
        return Ed25519.verifies(hex.parseHex(witness.publicKey()), hex.parseHex(witness.signature()), hex.parseHex(transactionHash));
    }

    /** The transaction with exactly these key witnesses. @param transaction CBOR */
    static byte[] signed(byte[] transaction, List<KeySignature> witnesses) {
        List<CborItem> parts = CborItem.parse(transaction).items();
        List<Map.Entry<CborItem, CborItem>> others = parts.get(1).entries().stream()
                .filter(entry -> !entry.getKey().asUnsigned().equals(KEYS)).toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(CborWriter.head(Kind.ARRAY, parts.size()));
        out.writeBytes(parts.getFirst().bytes());
        out.writeBytes(CborWriter.head(Kind.MAP, others.size() + 1L));
        out.writeBytes(CborWriter.head(Kind.UNSIGNED, KEYS.longValue()));
        out.writeBytes(CborWriter.head(Kind.ARRAY, witnesses.size()));
        for (KeySignature witness : witnesses) {
            out.writeBytes(CborWriter.head(Kind.ARRAY, 2));
            out.writeBytes(CborWriter.byteString(HexFormat.of().parseHex(witness.publicKey())));
            out.writeBytes(CborWriter.byteString(HexFormat.of().parseHex(witness.signature())));
        }
        others.forEach(entry -> {
            out.writeBytes(entry.getKey().bytes());
            out.writeBytes(entry.getValue().bytes());
        });
        parts.stream().skip(2).forEach(part -> out.writeBytes(part.bytes()));
        return out.toByteArray();
    }
}
