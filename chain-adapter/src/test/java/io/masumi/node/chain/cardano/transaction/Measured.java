package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.exception.CborDeserializationException;
import com.bloxbean.cardano.client.plutus.spec.Redeemer;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import java.util.List;
import java.util.stream.Collectors;

/** What a transaction declares that its scripts use. */
final class Measured {

    private Measured() {}

    static String units(SignedTransaction signed) {
        try {
            List<Redeemer> redeemers = Transaction.deserialize(signed.bytes()).getWitnessSet().getRedeemers();
            if (redeemers == null) {
                return "";
            }
            return redeemers.stream().map(each -> ", mem " + each.getExUnits().getMem() + " cpu " + each.getExUnits().getSteps())
                    .collect(Collectors.joining());
        } catch (CborDeserializationException e) {
            throw new AssertionError(e);
        }
    }
}
