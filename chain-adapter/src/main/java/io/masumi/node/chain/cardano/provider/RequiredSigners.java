package io.masumi.node.chain.cardano.provider;

import io.masumi.node.chain.cardano.codec.CborReader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Takes the required signers out of a transaction's bytes, and reads nothing else of them. */
final class RequiredSigners {

    private static final long BODY_REQUIRED_SIGNERS = 14;

    private RequiredSigners() {}

    /** @return key hashes, hex. @throws io.masumi.node.chain.cardano.codec.MalformedCborException if these are not the bytes of a transaction */
    static List<String> of(byte[] transaction) {
        CborReader reader = new CborReader(transaction);
        reader.enterArray();
        long pairs = reader.enterMap();
        List<String> found = new ArrayList<>();
        for (long i = 0; pairs < 0 ? !reader.atBreak() : i < pairs; i++) {
            if (reader.unsigned() == BODY_REQUIRED_SIGNERS) {
                // Since Conway a set may be tagged as one.
                reader.skipTags();
                long count = reader.enterArray();
                for (long j = 0; count < 0 ? !reader.atBreak() : j < count; j++) {
                    found.add(HexFormat.of().formatHex(reader.byteString()));
                }
            } else {
                reader.item();
            }
        }
        return List.copyOf(found);
    }
}
