package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.LockRules;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Locks money in the contract, for one sale or several. */
final class LockDrafts {

    /** As long as any later datum's: hash of a result, and cooldown times that take the eight bytes of a present time. */
    private static final String ANY_RESULT = "ff".repeat(32);
    private static final long ANY_TIME = Long.MAX_VALUE;

    private final DraftContext context;
    private final CreditRules rules;

    LockDrafts(DraftContext context, CreditRules rules) {
        this.context = context;
        this.rules = rules;
    }

    Draft draft(List<ChainAction.Lock> locks) {
        List<PlannedOutput> outputs = new ArrayList<>();
        long payBy = DraftContext.NO_DEADLINE;
        for (ChainAction.Lock lock : locks) {
            outputs.add(output(lock));
            payBy = Math.min(payBy, lock.times().payByTime());
        }
        return new Draft(List.of(), List.of(), outputs, Optional.empty(), DraftContext.message("PaymentBatched"),
                context.until(payBy, "locking"));
    }

    private PlannedOutput output(ChainAction.Lock lock) {
        if (!ShelleyAddress.parse(context.source().network(), lock.seller().address()).paymentKeyHash()
                .map(hash -> hash.equals(lock.seller().vkey())).orElse(false)) {
            throw new TransactionImpossibleException("the seller's address is not held by the seller's key: the money would be lost");
        }
        BigInteger collateralReturn = collateralReturn(lock);
        EscrowDatum datum = datum(lock, collateralReturn, "", 0, OnChainState.FundsLocked);
        return PlannedOutput.of(context.source().smartContractAddress(),
                Assets.of(lock.price()).plus(Assets.lovelace(collateralReturn)), EscrowDatumCodec.encode(datum));
    }

    /** Lovelace to add so that the output meets the ledger's minimum even when the datum has grown to its largest. */
    private BigInteger collateralReturn(ChainAction.Lock lock) {
        PlutusData largest = EscrowDatumCodec
                .encode(datum(lock, LockRules.MIN_COLLATERAL_RETURN, ANY_RESULT, ANY_TIME, OnChainState.Disputed));
        Assets price = Assets.of(lock.price());
        BigInteger least = PlannedOutput.of(context.source().smartContractAddress(), price, largest).minimumLovelace(context.minimum());
        BigInteger missing = least.subtract(price.lovelace());
        BigInteger collateralReturn = missing.signum() <= 0 ? BigInteger.ZERO : missing.max(LockRules.MIN_COLLATERAL_RETURN);
        if (collateralReturn.compareTo(rules.collateralReturn(lock.price())) > 0) {
            throw new TransactionImpossibleException("the escrow would have to hold " + collateralReturn + " lovelace besides the price,"
                    + " more than masumi.credits.collateral-return allows: the seller's offer is unusually large, or the provider names a"
                    + " wrong minimum");
        }
        return collateralReturn;
    }

    private EscrowDatum datum(ChainAction.Lock lock, BigInteger collateralReturn, String resultHash, long cooldown,
            OnChainState state) {
        BlockchainIdentifier.Parts parts = lock.identifier().parts();
        Participant buyer = new Participant(context.wallet().vkey(), context.wallet().address());
        return new EscrowDatum(buyer, lock.seller(), parts.key(), parts.signature(), parts.sellerIdentifier(), parts.purchaserIdentifier(),
                collateralReturn, lock.inputHash(), resultHash, lock.times(), cooldown, cooldown, state);
    }
}
