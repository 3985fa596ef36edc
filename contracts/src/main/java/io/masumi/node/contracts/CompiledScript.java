package io.masumi.node.contracts;

import io.masumi.node.cbor.CborWriter;
import java.util.Arrays;
import java.util.Objects;
import scalus.builtin.ByteString;
import scalus.builtin.JVMPlatformSpecific$;
import scalus.uplc.DeBruijn;
import scalus.uplc.Program;
import scalus.uplc.ProgramFlatCodec;
import scalus.uplc.Term;

/**
 * A Plutus V3 script in the bytes that the ledger hashes and stores: the flat encoding of the program in <em>one</em> CBOR
 * byte string ("single wrapped"; the {@code compiledCode} of a CIP-57 blueprint). A witness set or a reference script holds
 * this as a CBOR byte string once more ("double wrapped", what cardano-client-lib calls {@code cborHex}).
 */
public final class CompiledScript {

    private static final byte PLUTUS_V3 = 3;

    private final byte[] bytes;

    private CompiledScript(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Compiles a term with variables by name as a program of Plutus Core 1.1.0. */
    static CompiledScript of(Term named) {
        Program program = Program.apply(new scala.Tuple3<>(1, 1, 0), DeBruijn.deBruijnTerm(named));
        return new CompiledScript(CborWriter.byteString(ProgramFlatCodec.unsafeEncodeFlat(program)));
    }

    /** @param bytes single-wrapped script bytes, taken as they are */
    public static CompiledScript ofBytes(byte[] bytes) {
        return new CompiledScript(Objects.requireNonNull(bytes, "script bytes").clone());
    }

    /** The single-wrapped script. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The single-wrapped script in hex. */
    public String hex() {
        return Hex.text(bytes);
    }

    /** The script in a second CBOR byte string, in hex. */
    public String doubleWrappedHex() {
        return Hex.text(CborWriter.byteString(bytes));
    }

    /** Size in bytes, single wrapped. */
    public int size() {
        return bytes.length;
    }

    /** Script hash, or policy id: blake2b-224 of the byte 3 and the single-wrapped script, in hex. */
    public String hash() {
        byte[] tagged = new byte[bytes.length + 1];
        tagged[0] = PLUTUS_V3;
        System.arraycopy(bytes, 0, tagged, 1, bytes.length);
        return JVMPlatformSpecific$.MODULE$.blake2b_224(ByteString.fromArray(tagged)).toHex();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompiledScript script && Arrays.equals(bytes, script.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "script " + hash();
    }
}
