package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.plutus.spec.BigIntPlutusData;
import com.bloxbean.cardano.client.plutus.spec.BytesPlutusData;
import com.bloxbean.cardano.client.plutus.spec.ConstrPlutusData;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.chain.cardano.codec.RedeemerCodec;
import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.cardano.provider.SlotTimes;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowTable;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.Party;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Acts on what is locked, as the contract's table of redeemers demands (docs/contracts.md, "Rules and their tests"). The
 * script has the last word; what is checked here besides gives its refusal a readable reason.
 */
final class EscrowDrafts {

    private static final BigInteger PERMILLE = BigInteger.valueOf(1000);

    private final DraftContext context;
    private final ScriptUse script;

    EscrowDrafts(DraftContext context, ScriptUse script) {
        this.context = context;
        this.script = script;
    }

    /** @param escrow the contract's output, datum included */
    Draft draft(Utxo escrow, ChainAction.OnEscrow action) {
        EscrowDatum datum = datum(escrow, action.escrowAction().orElseThrow());
        return switch (action) {
            case ChainAction.SubmitResult submit -> continued(escrow, EscrowAction.SubmitResult, datum, submit.resultHash(),
                    datum.resultHash().isEmpty() ? datum.times().submitResultTime() : datum.times().externalDisputeUnlockTime(),
                    "submitting a result", "SubmitResult");
            case ChainAction.RequestRefund _ -> continued(escrow, EscrowAction.RequestRefund, datum, datum.resultHash(),
                    datum.times().unlockTime(), "asking for a refund", "RequestRefund");
            case ChainAction.CancelRefundRequest _ -> continued(escrow, EscrowAction.CancelRefundRequest, datum, datum.resultHash(),
                    DraftContext.NO_DEADLINE, "taking a refund request back", "CancelRefund");
            case ChainAction.AuthorizeRefund _ -> continued(escrow, EscrowAction.AuthorizeRefund, datum, "", DraftContext.NO_DEADLINE,
                    "authorizing a refund", "AuthorizeRefund");
            case ChainAction.Withdraw withdraw -> withdraw(escrow, datum, withdraw.returnAddress());
            case ChainAction.WithdrawRefund withdraw -> withdrawRefund(escrow, datum, withdraw.returnAddress());
        };
    }

    /** The contract's money stays, with a new datum: the acting party must wait out a cooldown, the other one need not. */
    private Draft continued(Utxo escrow, EscrowAction action, EscrowDatum datum, String resultHash, long before, String what,
            String message) {
        boolean bySeller = action.signer() == Party.Seller;
        Draft.Validity validity = context.between(bySeller ? datum.sellerCooldownTime() : datum.buyerCooldownTime(), before, what);
        long cooldown = context.parameters().slots().startOf(validity.until()) + context.source().parameters().cooldownTime();
        OnChainState state = EscrowTable.V1.next(datum.state(), action).orElseThrow();
        PlutusData next = EscrowDatumCodec.continued(escrow.inlineDatum(), resultHash, bySeller ? cooldown : 0, bySeller ? 0 : cooldown,
                state);
        PlannedOutput output = PlannedOutput.of(context.source().smartContractAddress(), Assets.of(escrow.value()), next)
                .atLeastMinimum(context.minimum());
        return draft(escrow, action, List.of(output), validity, message);
    }

    private Draft withdraw(Utxo escrow, EscrowDatum datum, String collectionAddress) {
        Draft.Validity validity = context.between(datum.times().unlockTime(), DraftContext.NO_DEADLINE, "withdrawing");
        PlutusData tag = tag(escrow.ref());
        Assets rest = Assets.of(escrow.value());
        List<PlannedOutput> outputs = new ArrayList<>();
        Assets fee = networkFee(rest);
        if (!fee.equals(Assets.NONE)) {
            PlannedOutput output = PlannedOutput.of(context.source().parameters().feeAddress(), fee, tag).atLeastMinimum(context.minimum());
            outputs.add(output);
            rest = rest.minus(output.assets());
        }
        if (datum.collateralReturnLovelace().signum() > 0) {
            PlannedOutput output = PlannedOutput.of(datum.buyer().address(), Assets.lovelace(datum.collateralReturnLovelace()), tag)
                    .atLeastMinimum(context.minimum());
            outputs.add(output);
            rest = rest.minus(output.assets());
        }
        payOut(rest, collectionAddress).ifPresent(outputs::add);
        return draft(escrow, EscrowAction.Withdraw, outputs, validity, "CollectCompleted");
    }

    /** A share of each asset, rounded down. */
    private Assets networkFee(Assets locked) {
        BigInteger permille = BigInteger.valueOf(context.source().parameters().feeRatePermille());
        return locked.byUnit().entrySet().stream()
                .map(each -> Assets.of(each.getKey(), each.getValue().multiply(permille).divide(PERMILLE)))
                .reduce(Assets.NONE, Assets::plus);
    }

    private Draft withdrawRefund(Utxo escrow, EscrowDatum datum, String collectionAddress) {
        if (!datum.resultHash().isEmpty()) {
            throw new TransactionImpossibleException("a result is present, so the money cannot be withdrawn as a refund");
        }
        Draft.Validity validity = context.between(datum.times().submitResultTime(), DraftContext.NO_DEADLINE, "withdrawing a refund");
        List<PlannedOutput> outputs = payOut(Assets.of(escrow.value()), collectionAddress).stream().toList();
        return draft(escrow, EscrowAction.WithdrawRefund, outputs, validity, "CollectRefund");
    }

    /** Outputs that hold too little for the ledger are topped up by the payer. The contract says nothing of who gets what. */
    Draft withdrawDisputed(DisputedWithdrawal intent) {
        EscrowDatum datum = decoded(intent.escrow(), EscrowAction.WithdrawDisputed);
        if (datum.resultHash().isEmpty()) {
            throw new TransactionImpossibleException("no result is present, so there is nothing that admins could resolve");
        }
        Draft.Validity validity = context.lasting(intent.validity().toMillis() / SlotTimes.SLOT_MILLIS)
                .between(datum.times().externalDisputeUnlockTime(), DraftContext.NO_DEADLINE, "resolving a dispute");
        List<PlannedOutput> outputs = new ArrayList<>();
        share(datum.seller().address(), intent.forSeller()).ifPresent(outputs::add);
        share(datum.buyer().address(), intent.forBuyer()).ifPresent(outputs::add);
        return new Draft(List.of(new Draft.ScriptSpend(intent.escrow(), script, RedeemerCodec.encode(EscrowAction.WithdrawDisputed))),
                List.of(), outputs, Optional.empty(), DraftContext.message("CollectDisputed"), validity, 0, intent.admins());
    }

    private Optional<PlannedOutput> share(String address, Funds funds) {
        return funds.isEmpty()
                ? Optional.empty()
                : Optional.of(PlannedOutput.of(address, Assets.of(funds)).atLeastMinimum(context.minimum()));
    }

    /**
     * What the party gets, in an output of its own, so that everybody sees how much it was. What is too little for an output
     * goes into the wallet's change; to a collection address it goes with what it lacks from the wallet.
     */
    private Optional<PlannedOutput> payOut(Assets rest, String collectionAddress) {
        boolean toWallet = collectionAddress == null;
        String address = toWallet
                ? context.wallet().address()
                : ShelleyAddress.parse(context.source().network(), collectionAddress).bech32();
        PlannedOutput output = PlannedOutput.of(address, rest.lovelace().signum() < 0 ? rest.withLovelace(BigInteger.ZERO) : rest);
        PlannedOutput payable = output.atLeastMinimum(context.minimum());
        boolean tooLittle = !payable.equals(output);
        return output.assets().equals(Assets.NONE) || toWallet && tooLittle ? Optional.empty() : Optional.of(payable);
    }

    /** Names the escrow that an output of a withdrawal is for: its output reference as Plutus data. */
    private static PlutusData tag(OutputRef ref) {
        return ConstrPlutusData.of(0, BytesPlutusData.of(HexFormat.of().parseHex(ref.transactionHash())), BigIntPlutusData.of(ref.index()));
    }

    private Draft draft(Utxo escrow, EscrowAction action, List<PlannedOutput> outputs, Draft.Validity validity, String message) {
        return new Draft(List.of(new Draft.ScriptSpend(escrow, script, RedeemerCodec.encode(action))), List.of(), outputs, Optional.empty(),
                DraftContext.message(message), validity);
    }

    /** The datum of an escrow that this wallet can do this to. */
    private EscrowDatum datum(Utxo escrow, EscrowAction action) {
        EscrowDatum datum = decoded(escrow, action);
        String signer = (action.signer() == Party.Seller ? datum.seller() : datum.buyer()).vkey();
        if (!context.wallet().vkey().equals(signer)) {
            throw new TransactionImpossibleException("only the " + action.signer() + "'s wallet can do " + action);
        }
        return datum;
    }

    /** The datum of an escrow whose state allows this. */
    private EscrowDatum decoded(Utxo escrow, EscrowAction action) {
        EscrowDatum datum = EscrowDatumCodec.decode(escrow.inlineDatum(), context.source().network())
                .orElseThrow(() -> new TransactionImpossibleException("output " + escrow.ref() + " holds no escrow"));
        if (EscrowTable.V1.next(datum.state(), action).isEmpty()) {
            throw new EscrowNotReadyException(action + " is not possible in state " + datum.state());
        }
        return datum;
    }
}
