package io.masumi.node.chain.cardano.codec;

import com.bloxbean.cardano.client.plutus.spec.ConstrPlutusData;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import io.masumi.node.escrow.EscrowAction;
import java.util.List;
import java.util.Optional;

/** The contract's redeemers: constructors without fields (docs/contracts.md, "Redeemers"). */
public final class RedeemerCodec {

    /** The actions in the order of their constructors. */
    private static final List<EscrowAction> BY_CONSTRUCTOR = List.of(EscrowAction.Withdraw, EscrowAction.RequestRefund,
            EscrowAction.CancelRefundRequest, EscrowAction.WithdrawRefund, EscrowAction.WithdrawDisputed, EscrowAction.SubmitResult,
            EscrowAction.AuthorizeRefund);

    private RedeemerCodec() {}

    /** @throws IllegalArgumentException for {@link EscrowAction#Lock}, which spends nothing */
    public static PlutusData encode(EscrowAction action) {
        int constructor = BY_CONSTRUCTOR.indexOf(action);
        if (constructor < 0) {
            throw new IllegalArgumentException(action + " has no redeemer");
        }
        return ConstrPlutusData.of(constructor);
    }

    /**
     * The action that a redeemer stands for, empty when for none. Fields are not looked at: what the script let pass as this
     * constructor was this action.
     *
     * @param hex CBOR
     */
    public static Optional<EscrowAction> decode(String hex) {
        return PlutusBytes.read(hex).flatMap(data -> data instanceof ConstrPlutusData constr && constr.getAlternative() >= 0
                && constr.getAlternative() < BY_CONSTRUCTOR.size()
                        ? Optional.of(BY_CONSTRUCTOR.get((int) constr.getAlternative()))
                        : Optional.empty());
    }
}
