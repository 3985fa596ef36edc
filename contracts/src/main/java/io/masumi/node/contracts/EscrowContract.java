package io.masumi.node.contracts;

import java.util.List;
import scalus.builtin.Data;
import scalus.uplc.Constant;
import scalus.uplc.Term;

/** The escrow contract with its parameters applied: what an escrow's address is the hash of. */
public final class EscrowContract {

    private EscrowContract() {}

    /** The script of one deployment; its {@link CompiledScript#hash() hash} is the payment credential of the escrow address. */
    public static CompiledScript script(EscrowParameters parameters) {
        Term script = EscrowValidator.term();
        for (Data parameter : asData(parameters)) {
            script = Term.Apply.apply(script, Term.Const.apply(Constant.Data.apply(parameter)));
        }
        return CompiledScript.of(script);
    }

    /** The script before its parameters are applied, as it stands in the blueprint. */
    static CompiledScript unapplied() {
        return CompiledScript.of(EscrowValidator.term());
    }

    static List<Data> asData(EscrowParameters parameters) {
        return List.of(PlutusData.integer(parameters.requiredAdmins()),
                PlutusData.list(parameters.adminKeyHashes().stream().map(PlutusData::bytes).toList()),
                PlutusData.address(parameters.feeAddress()), PlutusData.integer(parameters.feePermille()),
                PlutusData.integer(parameters.cooldownMillis()));
    }
}
