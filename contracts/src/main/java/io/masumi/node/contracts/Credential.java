package io.masumi.node.contracts;

/** Who controls an address: the holder of a key, or a script. Hashes are blake2b-224 in lower-case hex. */
public sealed interface Credential {

    String hash();

    record Key(String hash) implements Credential {
        public Key {
            hash = Hex.checked("key hash", hash);
        }
    }

    record Script(String hash) implements Credential {
        public Script {
            hash = Hex.checked("script hash", hash);
        }
    }
}
