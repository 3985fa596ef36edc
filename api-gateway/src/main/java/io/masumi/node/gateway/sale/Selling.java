package io.masumi.node.gateway.sale;

import io.masumi.node.IdGenerator;
import io.masumi.node.access.CreditUse;
import io.masumi.node.chain.agent.AgentOnChain;
import io.masumi.node.chain.identifier.SignTerms;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.SaleTerms;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Credits;
import io.masumi.node.gateway.access.OwnWallets;
import io.masumi.node.gateway.http.PaymentAddress;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.payment.PaymentCommand.CreatePayment;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.sale.SaleQuery.FindSale;
import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.WalletType;
import io.masumi.node.Sha256;
import java.time.Clock;
import java.util.List;

/** Begins sales: finds the agent and the wallet that holds it, has that wallet sign the terms, and creates the payment. */
final class Selling {

    private final Commands commands;
    private final Views views;
    private final Agents agents;
    private final OwnWallets own;
    private final Credits credits;
    private final TimeRules rules;
    private final IdGenerator ids;
    private final Clock clock;

    Selling(Commands commands, Views views, Agents agents, OwnWallets own, Credits credits, TimeRules rules, IdGenerator ids, Clock clock) {
        this.commands = commands;
        this.views = views;
        this.agents = agents;
        this.own = own;
        this.credits = credits;
        this.rules = rules;
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws Problem when the agent is not ours to sell for, or the terms break a rule */
    WireRecord begin(CreatePaymentRequest request, Caller caller) {
        PaymentAddress.ofKey("sellerReturnAddress", request.network(), request.sellerReturnAddress());
        AgentOnChain agent = agents.find(request.network(), request.agentIdentifier(), request.paymentSourceType());
        HotWalletView wallet = sellingWallet(agent);
        caller.mustUseWallet(wallet.id().value());
        own.requireOwn("sellerReturnAddress", request.sellerReturnAddress(), wallet.sourceId(), caller);
        credits.require(CreditUse.Sale, credits.rules().mostForResult(), caller);
        EscrowTimes times = request.times(rules, clock.millis());
        List<Amount> funds = request.amounts();
        BlockchainIdentifier identifier = sign(request, agent, wallet, times, funds);
        PaymentId id = PaymentId.of(identifier);
        long version = commands.send(new CreatePayment(id, identifier, agent.source(), agent.agentIdentifier(), agent.details().name(),
                agent.details().pricing(), funds, request.inputHash(), request.identifierFromPurchaser(), times, agent.cooldownTime(),
                wallet.ref(), request.sellerReturnAddress(), request.metadata(), caller.requester()), caller.requester());
        return views.atLeast(FindSale.of(id, false), WireRecord.class, WireRecord::version, version);
    }

    private HotWalletView sellingWallet(AgentOnChain agent) {
        return views.list(new ListHotWallets(1, null, new PaymentSourceId(agent.source().id()), WalletType.Selling,
                agent.holder().vkey(), null), HotWalletView.class).stream().findFirst()
                .orElseThrow(() -> Problem.notFound("No selling wallet of this node holds this agent"));
    }

    private BlockchainIdentifier sign(CreatePaymentRequest request, AgentOnChain agent, HotWalletView wallet, EscrowTimes times,
            List<Amount> funds) {
        boolean fixed = agent.details().pricing().type() == PricingType.Fixed;
        SaleTerms terms = new SaleTerms(request.inputHash(), agent.agentIdentifier(), request.identifierFromPurchaser(),
                Sha256.hex(ids.next()) + agent.agentIdentifier(), fixed ? null : funds, times, wallet.address());
        return views.one(new SignTerms(wallet.id(), terms), BlockchainIdentifier.class)
                .orElseThrow(() -> new IllegalStateException("The selling wallet " + wallet.id() + " did not sign"));
    }
}
