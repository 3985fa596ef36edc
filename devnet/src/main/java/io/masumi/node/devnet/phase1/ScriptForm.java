package io.masumi.node.devnet.phase1;

import io.masumi.node.cbor.CborItem;
import io.masumi.node.devnet.ledger.LedgerScript;
import io.masumi.node.devnet.ledger.ScriptLanguage;
import scalus.uplc.ProgramFlatCodec$;
import scala.Tuple3;

/** Whether a script can be decoded by the language it is for. */
final class ScriptForm {
    private static final int MINOR_VERSION_WITH_CONSTRUCTORS = 1;

    boolean isWellFormed(LedgerScript script) {
        try {
            if (!script.language().isPlutus()) {
                new NativeScriptCheck().requireWellFormed(CborItem.parse(script.code()));
                return true;
            }
            Tuple3<Object, Object, Object> version = ProgramFlatCodec$.MODULE$.decodeFlat(CborItem.parse(script.code()).asBytes())
                    .version();
            int major = (Integer) version._1();
            int minor = (Integer) version._2();
            // Version 1.1.0 came with Plutus V3 and is closed to the older languages.
            return major == 1 && (minor == 0 || minor == MINOR_VERSION_WITH_CONSTRUCTORS && script.language() == ScriptLanguage.PLUTUS_V3);
        } catch (RuntimeException | StackOverflowError | AssertionError undecodable) {
            return false;
        }
    }
}
