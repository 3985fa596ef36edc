package io.masumi.node.gateway.source;

import io.masumi.node.chain.cardano.key.Mnemonics;
import io.masumi.node.chain.source.AddPaymentSource;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.source.PaymentSourceQuery.FindPaymentSource;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.query.wallet.HotWalletQuery.FindHotWallet;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;

/** Takes payment sources in, and waits until the source and its wallets can be seen. */
final class AddingSources {

    private static final long CREATED = 0;

    private final Commands commands;
    private final Views views;

    AddingSources(Commands commands, Views views) {
        this.commands = commands;
        this.views = views;
    }

    /** @throws Problem 409 when this node has a payment source for the contract; 400 when something stated is not so */
    PaymentSourceView add(CreatePaymentSourceRequest request, Caller caller) {
        if (request.paymentSourceType() == PaymentSourceType.Web3CardanoV2) {
            throw Problem.invalid("paymentSourceType Web3CardanoV2 is of a later contract version, which this node does not serve");
        }
        AddPaymentSource command = request.command(caller.requester());
        PaymentSourceId id = PaymentSourceId.of(command.network(), command.smartContractAddress());
        if (views.one(new FindPaymentSource(id), PaymentSourceView.class).isPresent()) {
            throw Problem.conflict("A payment source for this contract exists already", id.value(), null);
        }
        commands.send(command, caller.requester(), PaymentSourceId.class);
        command.wallets().forEach(wallet -> views.atLeast(
                new FindHotWallet(HotWalletId.of(id, Mnemonics.identity(command.network(), wallet.mnemonic().text()).vkey())),
                HotWalletView.class,
                HotWalletView::version, CREATED));
        return views.atLeast(new FindPaymentSource(id), PaymentSourceView.class, PaymentSourceView::version, CREATED);
    }
}
