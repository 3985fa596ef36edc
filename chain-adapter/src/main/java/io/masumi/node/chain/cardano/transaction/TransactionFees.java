package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.api.model.ProtocolParams;
import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;

/** The ledger's minimum fee: size, execution units, and reference scripts in tiers (Conway). */
final class TransactionFees {

    private static final int REFERENCE_TIER_BYTES = 25_600;
    private static final BigDecimal REFERENCE_TIER_FACTOR = new BigDecimal("1.2");

    private final ProtocolParams parameters;

    TransactionFees(ProtocolParams parameters) {
        this.parameters = parameters;
    }

    /**
     * Lovelace.
     *
     * @param size of the signed transaction, bytes
     * @param referenceScriptBytes size of all scripts in spent and referenced outputs
     */
    BigInteger minimum(int size, Collection<ExUnits> units, int referenceScriptBytes) {
        return BigInteger.valueOf((long) parameters.getMinFeeA() * size + parameters.getMinFeeB()).add(forExecution(units))
                .add(forReferenceScripts(referenceScriptBytes));
    }

    /**
     * The most that a transaction of ours ever pays, lovelace: a little more than the minimum for one that is as large as the ledger
     * takes, and whose scripts use all that they may. With the parameters of 2026 that is 876 629 for a lock, which runs no script and
     * refers to none, however many locks share it and whatever it spends; and 2 405 429, and 15 for each byte of a script that it
     * refers to, for whatever spends an escrow or mints.
     */
    BigInteger most(boolean runsScripts, int referenceScriptBytes) {
        List<ExUnits> units = runsScripts
                ? List.of(new ExUnits(new BigInteger(parameters.getMaxTxExMem()), new BigInteger(parameters.getMaxTxExSteps())))
                : List.of();
        return minimum(parameters.getMaxTxSize(), units, referenceScriptBytes).add(slack());
    }

    /** So much more than the minimum is not worth another round, lovelace. */
    BigInteger slack() {
        return BigInteger.valueOf(8L * parameters.getMinFeeA());
    }

    private BigInteger forExecution(Collection<ExUnits> units) {
        return units.stream().map(each -> parameters.getPriceMem().multiply(new BigDecimal(each.getMem()))
                .add(parameters.getPriceStep().multiply(new BigDecimal(each.getSteps()))))
                .reduce(BigDecimal.ZERO, BigDecimal::add).setScale(0, RoundingMode.CEILING).toBigInteger();
    }

    private BigInteger forReferenceScripts(int bytes) {
        BigDecimal price = parameters.getMinFeeRefScriptCostPerByte();
        BigDecimal fee = BigDecimal.ZERO;
        for (int left = bytes; left > 0 && price != null; left -= REFERENCE_TIER_BYTES) {
            fee = fee.add(price.multiply(BigDecimal.valueOf(Math.min(left, REFERENCE_TIER_BYTES))));
            price = price.multiply(REFERENCE_TIER_FACTOR);
        }
        return fee.setScale(0, RoundingMode.FLOOR).toBigInteger();
    }

    /** Lovelace that must stand as collateral for a fee. */
    BigInteger collateralFor(BigInteger fee) {
        return new BigDecimal(fee).multiply(parameters.getCollateralPercent()).divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
                .toBigInteger();
    }
}
