package io.masumi.node.chain.cardano.transaction;

import java.math.BigInteger;

/**
 * What ending a disputed escrow takes of its payer, lovelace.
 *
 * @param added what the shares lack to be outputs
 * @param change the least that the ledger allows in the output that the rest goes back in
 * @param collateral what is lost if the contract refuses
 */
public record WithdrawalCost(BigInteger fee, BigInteger added, BigInteger change, BigInteger collateral) {

    /** What an output that stands as collateral holds besides: the rest comes back, and building begins with a guess of the fee. */
    private static final BigInteger COMES_BACK = BigInteger.valueOf(1_700_000);

    /** With so much in one output without tokens an address can pay: the same output serves as input and as collateral. */
    public BigInteger inOneOutput() {
        return fee.add(added).add(change).max(collateral.add(COMES_BACK));
    }
}
