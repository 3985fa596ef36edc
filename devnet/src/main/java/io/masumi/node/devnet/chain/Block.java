package io.masumi.node.devnet.chain;

import com.bloxbean.cardano.client.crypto.Blake2bUtil;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/**
 * A block. Its hash covers its place, its predecessor and its transactions.
 *
 * @param height 0 for the genesis block
 * @param previousHash empty text for the genesis block
 */
public record Block(String hash, String previousHash, long height, long slot, List<AppliedTransaction> transactions) {
    private static final int HASH_LENGTH = 32;

    public static Block genesis(Genesis genesis) {
        return new Block(genesis.hash(), "", 0, 0, List.of());
    }

    public static Block after(Block previous, long slot, List<AppliedTransaction> transactions) {
        ByteBuffer header = ByteBuffer.allocate(HASH_LENGTH * (1 + transactions.size()) + 2 * Long.BYTES);
        header.put(HexFormat.of().parseHex(previous.hash)).putLong(previous.height + 1).putLong(slot);
        transactions.forEach(transaction -> header.put(transaction.transaction().bodyHash()));
        return new Block(HexFormat.of().formatHex(Blake2bUtil.blake2bHash256(header.array())), previous.hash, previous.height + 1, slot,
                List.copyOf(transactions));
    }

    /** Bytes of all transactions. */
    public int size() {
        return transactions.stream().mapToInt(transaction -> transaction.transaction().cbor().length).sum();
    }
}
