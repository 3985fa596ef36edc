package io.masumi.node.chain.dispute;

import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import io.masumi.node.chain.cardano.codec.CborReader;
import io.masumi.node.chain.cardano.codec.CborReader.Major;
import io.masumi.node.chain.cardano.codec.MalformedCborException;
import io.masumi.node.chain.cardano.key.Ed25519;
import io.masumi.node.dispute.KeySignature;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Takes key witnesses out of what wallets answer, checks them, and puts them into a transaction without touching its other bytes. */
final class KeyWitnesses {

    private static final long KEYS = 0;
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    private static final int MAX_NESTED = 100;
    private static final int MAX_SHORT = 23;

    private KeyWitnesses() {}

    /**
     * The key witnesses of a witness set, or of a whole transaction.
     *
     * @throws MalformedCborException if it is neither
     */
    static List<KeySignature> read(byte[] cbor) {
        CborReader.requireOneItem(cbor, MAX_NESTED);
        CborReader reader = new CborReader(cbor);
        if (reader.peek() == Major.ARRAY) {
            reader.enterArray();
            reader.item();
        }
        List<KeySignature> found = new ArrayList<>();
        long pairs = reader.enterMap();
        for (long i = 0; pairs < 0 ? !reader.atBreak() : i < pairs; i++) {
            if (reader.unsigned() == KEYS) {
                reader.skipTags();
                long count = reader.enterArray();
                for (long j = 0; count < 0 ? !reader.atBreak() : j < count; j++) {
                    long length = reader.enterArray();
                    found.add(witness(reader.byteString(), reader.byteString()));
                    if (length < 0 && !reader.atBreak() || length >= 0 && length != 2) {
                        throw new MalformedCborException("a key witness of another shape");
                    }
                }
            } else {
                reader.item();
            }
        }
        return List.copyOf(found);
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
        if (witnesses.size() > MAX_SHORT) {
            throw new IllegalArgumentException("more witnesses than any contract has admins");
        }
        CborReader reader = new CborReader(transaction);
        long parts = reader.enterArray();
        byte[] body = reader.item();
        ByteArrayOutputStream others = new ByteArrayOutputStream();
        int kept = 0;
        long pairs = reader.enterMap();
        for (long i = 0; i < pairs; i++) {
            byte[] key = reader.item();
            byte[] value = reader.item();
            if (key[0] != KEYS) {
                others.writeBytes(key);
                others.writeBytes(value);
                kept++;
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head(Major.ARRAY, (int) parts));
        out.writeBytes(body);
        out.write(head(Major.MAP, kept + 1));
        out.write((int) KEYS);
        out.write(head(Major.ARRAY, witnesses.size()));
        for (KeySignature witness : witnesses) {
            out.write(head(Major.ARRAY, 2));
            bytes(out, HexFormat.of().parseHex(witness.publicKey()));
            bytes(out, HexFormat.of().parseHex(witness.signature()));
        }
        out.writeBytes(others.toByteArray());
        for (long i = 2; i < parts; i++) {
            out.writeBytes(reader.item());
        }
        return out.toByteArray();
    }

    private static int head(Major major, int length) {
        return major.ordinal() << 5 | length;
    }

    /** 24 to 255 of them, whose length takes a byte of its own. */
    private static void bytes(ByteArrayOutputStream out, byte[] content) {
        out.write(head(Major.BYTES, MAX_SHORT + 1));
        out.write(content.length);
        out.writeBytes(content);
    }
}
