package io.masumi.node.devnet.ledger;

import com.bloxbean.cardano.client.crypto.Blake2bUtil;

import java.util.HexFormat;

/**
 * A script as a witness set or an output carries it.
 *
 * @param code a Plutus script: the content of its byte string (the CBOR-wrapped flat program); a native script: its CBOR
 * @param hash blake2b-224 of language tag and code, hex
 */
public record LedgerScript(ScriptLanguage language, byte[] code, String hash) {
    public static LedgerScript of(ScriptLanguage language, byte[] code) {
        byte[] tagged = new byte[code.length + 1];
        tagged[0] = (byte) language.ordinal();
        System.arraycopy(code, 0, tagged, 1, code.length);
        return new LedgerScript(language, code, HexFormat.of().formatHex(Blake2bUtil.blake2bHash224(tagged)));
    }

    /** Bytes, as fees for reference scripts and {@code serialised_size} count them. */
    public int size() {
        return code.length;
    }
}
