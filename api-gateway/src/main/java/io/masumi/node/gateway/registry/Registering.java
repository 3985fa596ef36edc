package io.masumi.node.gateway.registry;

import io.masumi.node.IdGenerator;
import io.masumi.node.access.CreditUse;
import io.masumi.node.chain.agent.AgentOnChain;
import io.masumi.node.chain.agent.FindAgent;
import io.masumi.node.escrow.Participant;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Credits;
import io.masumi.node.gateway.access.OwnWallets;
import io.masumi.node.gateway.http.PaymentAddress;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.registry.RegistryQuery.FindRegistration;
import io.masumi.node.query.registry.RegistryQuery.FindRegisteredAgent;
import io.masumi.node.query.registry.RegistryQuery.RegisteredAgent;
import io.masumi.node.query.source.PaymentSourceQuery.FindPaymentSource;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationCommand.DeleteRegistration;
import io.masumi.node.registry.RegistrationCommand.RequestDeregistration;
import io.masumi.node.registry.RegistrationCommand.RequestRegistration;
import io.masumi.node.registry.RegistrationId;
import io.masumi.node.registry.RegistrationPhase;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.WalletType;

/** Asks to register and deregister agents. */
final class Registering {

    private static final int MAX_SOURCES_OF_A_KEY = 100;

    private final Commands commands;
    private final Views views;
    private final OwnWallets wallets;
    private final Credits credits;
    private final IdGenerator ids;

    Registering(Commands commands, Views views, OwnWallets wallets, Credits credits, IdGenerator ids) {
        this.commands = commands;
        this.views = views;
        this.wallets = wallets;
        this.credits = credits;
        this.ids = ids;
    }

    /** @throws Problem when the node has no such selling wallet, or the request breaks a rule */
    WireRecord register(RegisterAgentRequest request, Caller caller) {
        AgentDetails details = request.details();
        requireModestFunding(request.funding(), caller);
        Participant recipient = PaymentAddress.ofKey("recipientWalletAddress", request.network(), request.recipientWalletAddress());
        HotWalletView wallet = sellingWallet(request);
        caller.mustUseWallet(wallet.id().value());
        PaymentSourceView source = views.one(new FindPaymentSource(wallet.sourceId()), PaymentSourceView.class)
                .orElseThrow(() -> Problem.notFound("The payment source of this selling wallet was removed"));
        requireOwn(recipient, source, caller);
        RegistrationId id = new RegistrationId(ids.next());
        credits.holdForNew(id.value(), CreditUse.Registration,
                credits.rules().mostForMinting(request.funding()), id.value(), caller);
        return credits.releasingIfRefused(id.value(), caller, () -> send(new RequestRegistration(id, source.ref(), wallet.ref(), recipient,
                request.funding(), details, caller.requester()), caller));
    }

    /** What is sent along is money of the node's: whoever is no admin can have only a little of it moved. */
    private void requireModestFunding(Long lovelace, Caller caller) {
        if (lovelace != null && lovelace > credits.rules().mostFunding() && !caller.key().permissions().canAdmin()) {
            throw Problem.invalid("sendFundingLovelace must be at most " + credits.rules().mostFunding() + ", unless an admin asks");
        }
    }

    /** Only an admin gives agents, and what is sent along with them, to others. */
    private void requireOwn(Participant recipient, PaymentSourceView source, Caller caller) {
        if (recipient != null && !caller.key().permissions().canAdmin() && wallets.at(recipient.address(), source.id(), caller).isEmpty()) {
            throw Problem.notFound("recipientWalletAddress is of no wallet of this agent's payment source that this API key may use;"
                    + " only an admin may name another address");
        }
    }

    /** @throws Problem when no registration of this node has that agent identifier, or no wallet of it can burn the NFT */
    WireRecord deregister(DeregisterAgentRequest request, Caller caller) {
        RegisteredAgent found = views.one(new FindRegisteredAgent(request.network(), request.smartContractAddress(),
                request.agentIdentifier()), RegisteredAgent.class)
                .orElseThrow(() -> Problem.notFound("This node registered no agent with this agentIdentifier on " + request.network()));
        requireBurner(request, found);
        RegistrationId id = found.registrationId();
        return credits.holding(id.value(), CreditUse.Registration, credits.rules().mostForTransactions(1), "deregister", caller,
                () -> send(new RequestDeregistration(id, caller.requester()), caller));
    }

    /**
     * Only the wallets that a registration names can burn its NFT, and only from their own addresses. Of an agent that is not
     * registered, or not any more, it is for the registration to say so.
     */
    private void requireBurner(DeregisterAgentRequest request, RegisteredAgent registration) {
        if (registration.phase() != RegistrationPhase.RegistrationConfirmed
                && registration.phase() != RegistrationPhase.DeregistrationFailed) {
            return;
        }
        AgentOnChain agent = views.one(new FindAgent(request.network(), request.agentIdentifier()), AgentOnChain.class)
                .orElseThrow(() -> Problem.notFound("The chain shows no NFT of this agent that a wallet of this node could burn"));
        String holder = agent.holder().address();
        boolean ours = !views.list(new ListHotWallets(1, null, new PaymentSourceId(agent.source().id()), null, null, holder),
                HotWalletView.class).isEmpty();
        if (!registration.addresses().contains(holder) || !ours) {
            throw Problem.notFound("The NFT of this agent is at " + holder + ", from where this node cannot burn it: it must be at the "
                    + "address of the wallet that registered it, or of the wallet of this node that it was sent to");
        }
    }

    /** @throws Problem when there is none of that id, or something of it is or may be on chain */
    WireRecord delete(String id, Caller caller) {
        RegistrationId registrationId = new RegistrationId(id);
        WireRecord found = views.one(new FindRegistration(registrationId), WireRecord.class)
                .orElseThrow(() -> Problem.notFound("There is no registration with this id"));
        caller.mustUse(found.network());
        return send(new DeleteRegistration(registrationId, caller.requester()), caller);
    }

    private WireRecord send(RegistrationCommand command, Caller caller) {
        long version = commands.send(command, caller.requester());
        return views.atLeast(new FindRegistration(command.registrationId()), WireRecord.class, WireRecord::version, version);
    }

    private HotWalletView sellingWallet(RegisterAgentRequest request) {
        return views.list(new ListHotWallets(MAX_SOURCES_OF_A_KEY, null, null, WalletType.Selling, request.sellingKeyHash(), null),
                HotWalletView.class).stream().filter(wallet -> wallet.network() == request.network()).findFirst()
                .orElseThrow(() -> Problem.notFound("This node has no selling wallet with this sellingWalletVkey on "
                        + request.network()));
    }
}
