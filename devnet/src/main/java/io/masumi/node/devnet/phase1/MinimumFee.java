package io.masumi.node.devnet.phase1;

import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import io.masumi.node.devnet.ledger.ProtocolParameters;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The least fee, in lovelace: a linear part by size, the declared execution units at their prices rounded up together,
 * and the bytes of reference scripts at a price that grows per tier (Conway ledger, {@code tierRefScriptFee}).
 */
public final class MinimumFee {
    private final ProtocolParameters parameters;

    public MinimumFee(ProtocolParameters parameters) {
        this.parameters = parameters;
    }

    /**
     * @param transactionSize bytes
     * @param referenceScriptBytes bytes
     */
    public BigInteger of(int transactionSize, ExUnits units, int referenceScriptBytes) {
        return BigInteger.valueOf((long) parameters.fees().perByte() * transactionSize + parameters.fees().constant())
                .add(parameters.prices().of(units.getMem(), units.getSteps()))
                .add(forReferenceScripts(referenceScriptBytes));
    }

    private BigInteger forReferenceScripts(int bytes) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal price = parameters.fees().perReferenceScriptByte();
        int left = bytes;
        while (left >= ProtocolParameters.REFERENCE_SCRIPT_TIER) {
            sum = sum.add(price.multiply(BigDecimal.valueOf(ProtocolParameters.REFERENCE_SCRIPT_TIER)));
            price = price.multiply(ProtocolParameters.REFERENCE_SCRIPT_MULTIPLIER);
            left -= ProtocolParameters.REFERENCE_SCRIPT_TIER;
        }
        return sum.add(price.multiply(BigDecimal.valueOf(left))).setScale(0, RoundingMode.FLOOR).toBigInteger();
    }
}
