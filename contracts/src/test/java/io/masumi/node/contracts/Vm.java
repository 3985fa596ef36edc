package io.masumi.node.contracts;

import scalus.builtin.Data;
import scalus.builtin.JVMPlatformSpecific$;
import scalus.ledger.api.PlutusLedgerLanguage;
import scalus.ledger.api.ProtocolVersion;
import scalus.uplc.Constant;
import scalus.uplc.ProgramFlatCodec;
import scalus.uplc.Term;
import scalus.uplc.eval.CekResult;
import scalus.uplc.eval.MachineParams;
import scalus.uplc.eval.PlutusVM;

/** Runs compiled scripts as the ledger does under protocol version 10. */
final class Vm {

    private static final MachineParams PROTOCOL_10 = MachineParams.defaultParamsFor(PlutusLedgerLanguage.PlutusV3,
            ProtocolVersion.apply(10, 0));
    private static final PlutusVM VM = new PlutusVM(JVMPlatformSpecific$.MODULE$);

    private Vm() {}

    record Cost(long memory, long cpu) {}

    /** Plutus V3: the script must end, and end in unit. */
    static boolean accepts(CompiledScript script, Data context) {
        try {
            cost(script, context);
            return true;
        } catch (Failed failed) {
            return false;
        }
    }

    /** @throws Failed if the script does not accept */
    static Cost cost(CompiledScript script, Data context) {
        CekResult result;
        try {
            result = VM.evaluateScriptCounting(PROTOCOL_10, flat(script.bytes()), context);
        } catch (RuntimeException failure) {
            throw new Failed(failure);
        }
        if (!result.term().equals(Term.Const.apply(Constant.Unit$.MODULE$))) {
            throw new Failed(new IllegalStateException("result is not unit: " + result.term()));
        }
        return new Cost(result.budget().memory(), result.budget().cpu());
    }

    static Term decode(CompiledScript script) {
        return ProgramFlatCodec.decodeFlat(flat(script.bytes())).term();
    }

    /** The content of the script's CBOR byte string, which is longer than 255 bytes for every script here. */
    private static byte[] flat(byte[] cbor) {
        if (cbor[0] != 0x59) {
            throw new IllegalArgumentException("not a CBOR byte string of a two-byte length");
        }
        return java.util.Arrays.copyOfRange(cbor, 3, cbor.length);
    }

    static final class Failed extends RuntimeException {
        Failed(RuntimeException cause) {
            super(cause);
        }
    }
}
