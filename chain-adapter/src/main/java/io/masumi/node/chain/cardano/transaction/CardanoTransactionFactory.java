package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.api.MinAdaCalculator;
import io.masumi.node.chain.cardano.key.WalletIdentity;
import io.masumi.node.chain.cardano.key.WalletKeys;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProvider;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.chain.cardano.provider.LedgerParameters;
import io.masumi.node.chain.cardano.provider.SlotTimes;
import io.masumi.node.chain.source.ScriptFinder;
import io.masumi.node.chain.source.Source;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.Funds;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.escrow.Participant;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.MergePurpose;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/** Builds transactions with cardano-client-lib's model and Scalus's machine. It serves any contract with our datum and redeemers. */
public final class CardanoTransactionFactory implements TransactionFactory {

    private static final BigInteger PLENTY = BigInteger.valueOf(1_000_000_000);

    /** Inputs of 37 bytes each that fit into a transaction of 16 384 bytes beside all else, and a few more. */
    private static final int MAX_PIECES = 440;

    private final Sources sources;
    private final ScriptFinder scripts;
    private final WalletKeys wallets;
    private final BlockfrostChainProviders providers;
    private final CreditRules rules;
    private final Clock clock;
    private final Duration validity;
    private final Carriers carriers;

    /** @param validity how long a transaction can land, unless a deadline is nearer */
    public CardanoTransactionFactory(Sources sources, ScriptFinder scripts, WalletKeys wallets, BlockfrostChainProviders providers,
            CreditRules rules, Clock clock, Duration validity) {
        this.sources = sources;
        this.scripts = scripts;
        this.wallets = wallets;
        this.providers = providers;
        this.rules = rules;
        this.clock = clock;
        this.validity = validity;
        this.carriers = new Carriers(clock);
    }

    @Override
    public SignedTransaction build(PaymentSourceId sourceId, HotWalletId walletId, Spendable spendable, TransactionContent content) {
        Source source = sources.get(sourceId);
        WalletIdentity wallet = wallets.identity(walletId);
        LedgerParameters parameters = providers.of(source).parameters();
        WalletFunds funds = new WalletFunds(spendable, parameters.protocol());
        DraftContext context = new DraftContext(source, wallet, parameters, new MinAdaCalculator(parameters.protocol()), clock.millis(),
                validity.toMillis() / SlotTimes.SLOT_MILLIS);
        TransactionAssembler assembler = new TransactionAssembler(parameters, wallet, funds, hash -> wallets.sign(walletId, hash));
        if (content.first() instanceof ChainAction.MergeOutputs merge && merge.purpose() != MergePurpose.Collateral) {
            return merge(context, assembler, funds, merge);
        }
        Draft draft;
        try {
            draft = draft(context, funds, content);
        } catch (IllegalArgumentException e) {
            throw new TransactionImpossibleException(e.getMessage());
        }
        return assembler.assemble(draft, most(content), content.first().returnAddress());
    }

    /** The most lovelace that may leave the wallet for what keys can ask for; null for what only admins can. */
    private BigInteger most(TransactionContent content) {
        return switch (content.first()) {
            case ChainAction.Lock _ -> content.locks().map(lock -> rules.mostForLock(lock.price()).lovelace())
                    .reduce(BigInteger.ZERO, BigInteger::add);
            case ChainAction.RegisterAgent register -> rules.mostForMinting(register.fundingLovelace()).lovelace();
            case ChainAction.DeregisterAgent _ -> rules.mostForTransactions(1).lovelace();
            case ChainAction.Withdraw _ -> rules.mostForPayout(content.escrow().orElseThrow().value().nativeAssets().size()).lovelace();
            case ChainAction.OnEscrow _ -> rules.mostForTransactions(1).lovelace();
            case ChainAction.DeployReferenceScript _,ChainAction.RetireReferenceScript _,ChainAction.MergeOutputs _ -> null;
        };
    }

    /** As many at once as fit. */
    private static SignedTransaction merge(DraftContext context, TransactionAssembler assembler, WalletFunds funds,
            ChainAction.MergeOutputs merge) {
        Assets toward = merge.toward() == null ? null : Assets.of(merge.toward());
        int most = MAX_PIECES;
        while (true) {
            List<Utxo> pieces = funds.pieces(toward, most);
            if (pieces.size() < 2) {
                break;
            }
            try {
                SignedTransaction merged = assembler.assemble(new WalletDrafts(context).merge(pieces), null, null);
                if (merged.change().size() >= merged.inputs().size()) {
                    break;
                }
                return merged;
            } catch (TransactionTooLargeException e) {
                most = e.fitting(pieces.size());
            }
        }
        throw new InsufficientFundsException("it has no outputs on chain that merging would make fewer");
    }

    /**
     * Builds a transaction that ends a disputed escrow, for keys that this node does not have.
     *
     * @param payer who pays the fee and puts up the collateral
     * @param spendable the payer's outputs
     * @throws InsufficientFundsException if those do not suffice
     * @throws TransactionTooEarlyException before externalDisputeUnlockTime
     * @throws TransactionImpossibleException if it can never succeed as asked
     * @throws io.masumi.node.chain.cardano.provider.ProviderUnavailableException if parameters or outputs cannot be had now
     */
    public UnsignedTransaction unsigned(PaymentSourceId sourceId, Participant payer, List<Utxo> spendable, DisputedWithdrawal intent) {
        Source source = sources.get(sourceId);
        LedgerParameters parameters = providers.of(source).parameters();
        return unsigned(context(source, payer, parameters), spendable, intent);
    }

    /** What such a transaction takes of its payer, whatever that one holds. Throws as the above does, but for want of money. */
    public WithdrawalCost cost(PaymentSourceId sourceId, Participant payer, DisputedWithdrawal intent) {
        Source source = sources.get(sourceId);
        LedgerParameters parameters = providers.of(source).parameters();
        DraftContext context = context(source, payer, parameters);
        List<Utxo> plenty = List.of(imaginary(payer, 0, PLENTY), imaginary(payer, 1, WalletFunds.COLLATERAL));
        BigInteger fee = BigInteger.valueOf(unsigned(context, plenty, intent).feeLovelace());
        BigInteger shares = escrow(context).withdrawDisputed(intent).outputs().stream().map(output -> output.assets().lovelace())
                .reduce(BigInteger.ZERO, BigInteger::add);
        return new WithdrawalCost(fee, shares.subtract(intent.escrow().value().lovelace()).max(BigInteger.ZERO),
                PlannedOutput.of(payer.address(), Assets.NONE).minimumLovelace(context.minimum()),
                new TransactionFees(parameters.protocol()).collateralFor(fee));
    }

    private static Utxo imaginary(Participant owner, int index, BigInteger lovelace) {
        return new Utxo(new OutputRef("0".repeat(64), index), owner.address(), Funds.lovelace(lovelace.longValueExact()), null, null, null,
                null);
    }

    private UnsignedTransaction unsigned(DraftContext context, List<Utxo> spendable, DisputedWithdrawal intent) {
        TransactionAssembler assembler = new TransactionAssembler(context.parameters(), context.wallet(),
                new WalletFunds(Spendable.of(spendable), context.parameters().protocol()), _ -> {
                    throw new IllegalStateException("nothing is signed here");
                });
        return assembler.unsigned(escrow(context).withdrawDisputed(intent));
    }

    /** Of somebody else's wallet: its public key comes with its signature. */
    private DraftContext context(Source source, Participant payer, LedgerParameters parameters) {
        WalletIdentity wallet = new WalletIdentity(new byte[0], payer.vkey(), payer.address());
        return new DraftContext(source, wallet, parameters, new MinAdaCalculator(parameters.protocol()), clock.millis(),
                validity.toMillis() / SlotTimes.SLOT_MILLIS);
    }

    private Draft draft(DraftContext context, WalletFunds funds, TransactionContent content) {
        return switch (content.first()) {
            case ChainAction.Lock _ -> new LockDrafts(context, rules).draft(content.locks().toList());
            case ChainAction.OnEscrow action -> escrow(context).draft(content.escrow().orElseThrow(), action);
            case ChainAction.RegisterAgent action -> registry(context).register(action, funds);
            case ChainAction.DeregisterAgent action -> registry(context).deregister(action, funds);
            case ChainAction.DeployReferenceScript action -> new ReferenceScriptDrafts(context)
                    .deploy(script(context.source(), action.script()));
            case ChainAction.RetireReferenceScript action -> retire(context, action);
            case ChainAction.MergeOutputs _ -> new WalletDrafts(context).collateral();
        };
    }

    private EscrowDrafts escrow(DraftContext context) {
        return new EscrowDrafts(context, script(context.source(), ContractScript.Escrow));
    }

    private RegistryDrafts registry(DraftContext context) {
        return new RegistryDrafts(context, script(context.source(), ContractScript.Registry));
    }

    private Draft retire(DraftContext context, ChainAction.RetireReferenceScript action) {
        Source source = context.source();
        Utxo output = providers.of(source).unspentOutput(action.output())
                .orElseThrow(() -> new TransactionImpossibleException("the output " + action.output() + " is not there any more"));
        return new ReferenceScriptDrafts(context).retire(output, script(source, action.script()).bytes().length);
    }

    /** By reference as long as the output is there and carries this script; somebody may have spent it. */
    private ScriptUse script(Source source, ContractScript script) {
        BlockfrostChainProvider chain = providers.of(source);
        String hash = source.hash(script);
        try {
            return new ScriptUse(hash, scripts.get(hash, chain),
                    source.output(script).flatMap(output -> carriers.of(hash, output, chain)));
        } catch (NoSuchElementException e) {
            throw new TransactionImpossibleException(e.getMessage());
        }
    }
}
