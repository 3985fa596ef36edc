package io.masumi.node.credit;

import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.registry.RegistrationState;
import java.math.BigInteger;
import java.util.List;

/**
 * What a record costs the key that it is for: what has left the wallets and not come back to them, and the most that what is wanted, or
 * can be wanted again, may take.
 */
public record RecordCosts(CreditRules rules) {

    /**
     * What a sale's own transactions cost its seller. What it brings repays them. Until it is paid out, what that may cost more than it
     * brings is counted too.
     *
     * @param returnsHome whether what is earned comes to a wallet of this node, or to where its money is collected
     */
    public Funds of(PaymentState payment, boolean returnsHome) {
        EscrowStatus escrow = payment.escrow();
        Funds spent = Funds.lovelace(escrow.sellerFees()).plus(lovelaceOf(escrow.paidInBySeller()));
        if (payment.next().isPending() && payment.next().action() != EscrowAction.Withdraw) {
            spent = spent.plus(rules.mostForTransactions(1));
        }
        if (isToBePaidOut(payment)) {
            Funds payout = rules.mostForPayout(escrow.locked().nativeAssets().size());
            spent = spent.plus(returnsHome ? payout.less(certainOf(escrow)) : payout);
        }
        return returnsHome ? spent.less(lovelaceOf(escrow.withdrawnForSeller())) : spent;
    }

    /** What a purchase costs its buyer. @param returnsHome whether a refund comes to a wallet of this node, or to where its money is collected */
    public Funds of(PurchaseState purchase, boolean returnsHome) {
        EscrowStatus escrow = purchase.escrow();
        Funds price = purchase.created().price();
        Funds fees = Funds.lovelace(escrow.buyerFees());
        // A refund that comes home pays its own fee; the node makes any, whether or not its key can pay then.
        Funds refund = returnsHome ? Funds.NONE : rules.mostForTransactions(1);
        if (escrow.state() == null) {
            return purchase.mayExpire() ? fees.plus(rules.mostForLock(price)).plus(refund) : fees;
        }
        NextAction next = purchase.next();
        Funds wanted = next.isPending() && next.action() != EscrowAction.WithdrawRefund ? rules.mostForTransactions(1) : Funds.NONE;
        Funds back = escrow.state() == OnChainState.RefundWithdrawn && !returnsHome ? Funds.NONE : escrow.withdrawnForBuyer();
        return escrow.paidInByBuyer(price).plus(fees).plus(wanted).plus(escrow.state().isTerminal() ? Funds.NONE : refund).less(back);
    }

    /**
     * What a registration costs. An NFT, and what was sent along with it, has not left the wallets if it is at one of them.
     *
     * @param staysHome whether the NFT goes to a wallet of this node
     */
    public Funds of(RegistrationState registration, boolean staysHome) {
        Funds sent = rules.mostSentWithAgent(registration.requested().sendFundingLovelace());
        Funds given = staysHome ? Funds.NONE : sent;
        Funds paid = registration.fees() == null ? Funds.NONE : Funds.lovelace(registration.fees());
        return paid.plus(switch (registration.phase()) {
            case RegistrationRequested, RegistrationInitiated -> sent.plus(rules.mostForTransactions(1));
            case RegistrationConfirmed, DeregistrationFailed -> given;
            case DeregistrationRequested, DeregistrationInitiated -> given.plus(rules.mostForTransactions(1));
            case RegistrationFailed, DeregistrationConfirmed -> Funds.NONE;
        });
    }

    /** A result is there, or about to be, and the money too. */
    private static boolean isToBePaidOut(PaymentState payment) {
        EscrowStatus escrow = payment.escrow();
        return escrow.state() != null && !escrow.state().isTerminal()
                && (escrow.resultHash() != null || payment.next().isPending(EscrowAction.SubmitResult));
    }

    /** Lovelace that a payout brings for certain: without the buyer's part, and with a network fee of half of it. */
    private static Funds certainOf(EscrowStatus escrow) {
        BigInteger certain = escrow.locked().lovelace().subtract(escrow.collateralReturnLovelace()).max(BigInteger.ZERO).shiftRight(1);
        return Funds.of(List.of(new Amount(Amount.LOVELACE, certain)));
    }

    private static Funds lovelaceOf(Funds funds) {
        return funds == null ? Funds.NONE : Funds.of(List.of(new Amount(Amount.LOVELACE, funds.lovelace())));
    }
}
