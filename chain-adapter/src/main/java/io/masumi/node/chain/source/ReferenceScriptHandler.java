package io.masumi.node.chain.source;

import io.masumi.node.Rejection;
import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.cardano.key.WalletKeys;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProvider;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.source.PaymentSourceCommand;
import io.masumi.node.source.PaymentSourceCommand.AdoptReferenceScript;
import io.masumi.node.source.PaymentSourceCommand.RequestReferenceScript;
import io.masumi.node.source.PaymentSourceCommand.RequestReferenceScriptRetirement;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** Looks at the chain for what an operator wants with reference scripts, which the payment source itself cannot. */
public final class ReferenceScriptHandler {

    private final Sources sources;
    private final ScriptFinder scripts;
    private final WalletKeys wallets;
    private final BlockfrostChainProviders providers;
    private final CommandGateway commands;

    public ReferenceScriptHandler(Sources sources, ScriptFinder scripts, WalletKeys wallets, BlockfrostChainProviders providers,
            CommandGateway commands) {
        this.sources = sources;
        this.scripts = scripts;
        this.wallets = wallets;
        this.providers = providers;
        this.commands = commands;
    }

    /** @throws io.masumi.node.RejectedException CONFLICT if one is deployed and there, NOT_FOUND without source, wallet or script */
    @CommandHandler
    public Long deploy(ReferenceScriptWish.Deploy wish) {
        Source source = source(wish.sourceId());
        BlockfrostChainProvider chain = providers.of(source);
        Optional<OutputRef> known = source.output(wish.script());
        known.flatMap(output -> carrier(source, wish, output, chain)).ifPresent(there -> {
            throw Rejection.conflict("The " + wish.script() + " script is deployed already, in output " + there.ref(), source.id().value());
        });
        List<String> payers = wallets.of(source.id()).stream()
                .filter(wallet -> wish.walletVkey() == null || wallets.identity(wallet).vkey().equals(wish.walletVkey()))
                .map(HotWalletId::value).toList();
        if (payers.isEmpty()) {
            throw Rejection.notFound(wish.walletVkey() == null
                    ? "This payment source has no wallet that could pay the deposit"
                    : "This payment source has no wallet with the walletVkey " + wish.walletVkey());
        }
        try {
            scripts.get(source.hash(wish.script()), chain);
        } catch (NoSuchElementException e) {
            throw Rejection.notFound(e.getMessage());
        }
        return send(new RequestReferenceScript(source.id(), wish.script(), payers, known.orElse(null), wish.requester()));
    }

    /** @throws io.masumi.node.RejectedException INVALID if the output is not there or carries something else */
    @CommandHandler
    public Long adopt(ReferenceScriptWish.Adopt wish) {
        Source source = source(wish.sourceId());
        if (carrier(source, wish, wish.output(), providers.of(source)).isEmpty()) {
            throw Rejection.invalid("output " + wish.output() + " is not on the chain unspent, or does not carry the script "
                    + source.hash(wish.script()));
        }
        return send(new AdoptReferenceScript(source.id(), wish.script(), wish.output(), wish.requester()));
    }

    /** @throws io.masumi.node.RejectedException NOT_FOUND if there is none, or no wallet of the source holds it */
    @CommandHandler
    public Long retire(ReferenceScriptWish.Retire wish) {
        Source source = source(wish.sourceId());
        OutputRef output = source.output(wish.script())
                .orElseThrow(() -> Rejection.notFound("The " + wish.script() + " script is not deployed"));
        Utxo there = carrier(source, wish, output, providers.of(source))
                .orElseThrow(() -> Rejection.notFound("The output " + output + " is gone already, and its deposit with it"));
        HotWalletId holder = ShelleyAddress.parse(there.address()).paymentKeyHash().map(vkey -> HotWalletId.of(source.id(), vkey))
                .filter(wallets.of(source.id())::contains)
                .orElseThrow(() -> Rejection.notFound("No wallet of this payment source holds the output " + output));
        return send(new RequestReferenceScriptRetirement(source.id(), wish.script(), output, holder.value(), wish.requester()));
    }

    private Source source(PaymentSourceId sourceId) {
        return sources.find(sourceId).orElseThrow(() -> Rejection.notFound("There is no payment source " + sourceId));
    }

    private static Optional<Utxo> carrier(Source source, ReferenceScriptWish wish, OutputRef output, BlockfrostChainProvider chain) {
        return chain.unspentOutput(output).filter(utxo -> source.hash(wish.script()).equals(utxo.referenceScriptHash()));
    }

    private Long send(PaymentSourceCommand command) {
        return commands.sendAndWait(command);
    }
}
