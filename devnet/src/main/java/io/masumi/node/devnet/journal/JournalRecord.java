package io.masumi.node.devnet.journal;

import io.masumi.node.devnet.chain.Genesis;
import io.masumi.node.devnet.chain.RolledBackTransactions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What happened to the network, as the journal keeps it. The leading byte of each record is for ever. */
sealed interface JournalRecord {
    record Began(Genesis genesis) implements JournalRecord {}

    record Accepted(byte[] transaction) implements JournalRecord {}

    record BlockMade(long slot, String hash, List<byte[]> transactions) implements JournalRecord {}

    /** @param slot when it was, since what had expired then stays away; empty in journals of older versions */
    record RolledBack(int blocks, RolledBackTransactions transactions, OptionalLong slot) implements JournalRecord {}

    default byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (this) {
                case Began(var genesis) -> {
                    out.writeByte(1);
                    out.writeLong(genesis.zeroTime());
                    out.writeInt(genesis.networkMagic());
                    out.writeUTF(genesis.faucetSeed());
                    out.writeUTF(genesis.funds().toString());
                }
                case Accepted(var transaction) -> {
                    out.writeByte(2);
                    writeBytes(out, transaction);
                }
                case BlockMade(var slot, var hash, var transactions) -> {
                    out.writeByte(3);
                    out.writeLong(slot);
                    out.writeUTF(hash);
                    out.writeInt(transactions.size());
                    for (byte[] transaction : transactions) {
                        writeBytes(out, transaction);
                    }
                }
                case RolledBack(var blocks, var transactions, var slot) -> {
                    out.writeByte(slot.isPresent() ? 5 : 4);
                    out.writeInt(blocks);
                    out.writeUTF(transactions.name());
                    if (slot.isPresent()) {
                        out.writeLong(slot.getAsLong());
                    }
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JournalRecord decode(byte[] record) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
            int kind = in.readByte();
            return switch (kind) {
                case 1 -> new Began(new Genesis(in.readLong(), in.readInt(), in.readUTF(), new BigInteger(in.readUTF())));
                case 2 -> new Accepted(readBytes(in));
                case 3 -> new BlockMade(in.readLong(), in.readUTF(), readAll(in));
                case 4 -> new RolledBack(in.readInt(), RolledBackTransactions.valueOf(in.readUTF()), OptionalLong.empty());
                case 5 -> new RolledBack(in.readInt(), RolledBackTransactions.valueOf(in.readUTF()), OptionalLong.of(in.readLong()));
                default -> throw new IllegalStateException("the journal has a record of the unknown kind " + kind);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("a journal record is damaged", e);
        }
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static List<byte[]> readAll(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(readBytes(in));
        }
        return List.copyOf(all);
    }
}
