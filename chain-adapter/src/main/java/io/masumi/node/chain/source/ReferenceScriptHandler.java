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
    public Long deploy(ReferenceScriptRequest.Deploy request) {
        Source source = source(request.sourceId());
        BlockfrostChainProvider chain = providers.of(source);
        Optional<OutputRef> known = source.output(request.script());
        known.flatMap(output -> carrier(source, request, output, chain)).ifPresent(there -> {
            throw Rejection.conflict("The " + request.script() + " script is deployed already, in output " + there.ref(),
                    source.id().value());
        });
        List<String> payers = wallets.of(source.id()).stream()
                .filter(wallet -> request.walletVkey() == null || wallets.identity(wallet).vkey().equals(request.walletVkey()))
                .map(HotWalletId::value).toList();
        if (payers.isEmpty()) {
            throw Rejection.notFound(request.walletVkey() == null
                    ? "This payment source has no wallet that could pay the deposit"
                    : "This payment source has no wallet with the walletVkey " + request.walletVkey());
        }
        try {
            scripts.get(source.hash(request.script()), chain);
        } catch (NoSuchElementException e) {
            throw Rejection.notFound(e.getMessage());
        }
        return send(new RequestReferenceScript(source.id(), request.script(), payers, known.orElse(null), request.requester()));
    }

    /** @throws io.masumi.node.RejectedException INVALID if the output is not there or carries something else */
    @CommandHandler
    public Long adopt(ReferenceScriptRequest.Adopt request) {
        Source source = source(request.sourceId());
        if (carrier(source, request, request.output(), providers.of(source)).isEmpty()) {
            throw Rejection.invalid("output " + request.output() + " is not on the chain unspent, or does not carry the script "
                    + source.hash(request.script()));
        }
        return send(new AdoptReferenceScript(source.id(), request.script(), request.output(), request.requester()));
    }

    /** @throws io.masumi.node.RejectedException NOT_FOUND if there is none, or no wallet of the source holds it */
    @CommandHandler
    public Long retire(ReferenceScriptRequest.Retire request) {
        Source source = source(request.sourceId());
        OutputRef output = source.output(request.script())
                .orElseThrow(() -> Rejection.notFound("The " + request.script() + " script is not deployed"));
        Utxo there = carrier(source, request, output, providers.of(source))
                .orElseThrow(() -> Rejection.notFound("The output " + output + " is gone already, and its deposit with it"));
        HotWalletId holder = ShelleyAddress.parse(there.address()).paymentKeyHash().map(vkey -> HotWalletId.of(source.id(), vkey))
                .filter(wallets.of(source.id())::contains)
                .orElseThrow(() -> Rejection.notFound("No wallet of this payment source holds the output " + output));
        return send(new RequestReferenceScriptRetirement(source.id(), request.script(), output, holder.value(), request.requester()));
    }

    private Source source(PaymentSourceId sourceId) {
        return sources.find(sourceId).orElseThrow(() -> Rejection.notFound("There is no payment source " + sourceId));
    }

    private static Optional<Utxo> carrier(Source source, ReferenceScriptRequest request, OutputRef output, BlockfrostChainProvider chain) {
        return chain.unspentOutput(output).filter(utxo -> source.hash(request.script()).equals(utxo.referenceScriptHash()));
    }

    private Long send(PaymentSourceCommand command) {
        return commands.sendAndWait(command);
    }
}
