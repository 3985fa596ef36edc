package io.masumi.node.contracts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import scalus.builtin.ByteString;
import scalus.builtin.JVMPlatformSpecific$;
import scalus.uplc.Constant;
import scalus.uplc.Term;

/** The minting policy of the agent registry. */
public final class RegistryPolicy {

    private RegistryPolicy() {}

    /**
     * The policy that goes with an escrow contract; its {@link CompiledScript#hash() hash} is the policy id.
     *
     * @param escrowAddressBech32 the escrow's address as text; it only makes the policy id distinct
     */
    public static CompiledScript script(String escrowAddressBech32) {
        if (!escrowAddressBech32.startsWith("addr")) {
            throw new IllegalArgumentException("escrow address must be bech32 text (addr…): " + escrowAddressBech32);
        }
        byte[] parameter = escrowAddressBech32.getBytes(StandardCharsets.UTF_8);
        return CompiledScript
                .of(Term.Apply.apply(RegistryValidator.term(), Term.Const.apply(Constant.Data.apply(PlutusData.bytes(parameter)))));
    }

    /** The policy before its parameter is applied, as it stands in the blueprint. */
    static CompiledScript unapplied() {
        return CompiledScript.of(RegistryValidator.term());
    }

    /**
     * The name of the NFT that spending an output allows to mint: blake2b-256 of its transaction id and its index as four
     * bytes, most significant first.
     *
     * @return 32 bytes in lower-case hex
     */
    public static String assetName(OutputReference spent) {
        byte[] seed = ByteBuffer.allocate(36).put(Hex.bytes(spent.txHash())).putInt(spent.index()).array();
        return JVMPlatformSpecific$.MODULE$.blake2b_256(ByteString.fromArray(seed)).toHex();
    }
}
