package io.masumi.node.gateway.sale;

import io.masumi.node.access.CreditUse;
import io.masumi.node.chain.agent.AgentOnChain;
import io.masumi.node.chain.identifier.IdentifierCheck;
import io.masumi.node.chain.identifier.VerifyIdentifier;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.PriceAgreement;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Credits;
import io.masumi.node.gateway.access.OwnWallets;
import io.masumi.node.gateway.http.PaymentAddress;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.http.RecordJson;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.purchase.PurchaseCommand.CreatePurchase;
import io.masumi.node.purchase.OfferId;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.sale.SaleQuery.FindSale;
import io.masumi.node.query.sale.SaleQuery.FindPurchaseOfOffer;
import io.masumi.node.query.wallet.HotWalletQuery.FindHotWallet;
import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.WalletType;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Begins purchases: nothing is created, let alone locked, before the seller's terms are verified and the credits are taken. */
final class Buying {

    private final Commands commands;
    private final Views views;
    private final Agents agents;
    private final OwnWallets own;
    private final Credits credits;
    private final Turns<OfferId> turns;

    Buying(Commands commands, Views views, Agents agents, OwnWallets own, Credits credits, Turns<OfferId> turns) {
        this.commands = commands;
        this.views = views;
        this.agents = agents;
        this.own = own;
        this.credits = credits;
        this.turns = turns;
    }

    /** @throws Problem when the identifier does not hold, the terms break a rule, or it was bought already */
    WireRecord begin(CreatePurchaseRequest request, Caller caller) {
        BlockchainIdentifier identifier = request.identifier();
        PurchaseId id = PurchaseId.of(identifier);
        OfferId offer = OfferId.of(identifier, request.sellerKeyHash());
        refuseWhatIsBought(id, offer, caller);
        PaymentAddress.ofKey("buyerReturnAddress", request.network(), request.buyerReturnAddress());
        PaymentAddress.ofKey("sellerReturnAddress", request.network(), request.sellerReturnAddress());
        List<String> wallets = caller.onlyWallets();
        AgentOnChain agent = agents.find(request.network(), request.agentIdentifier(), request.paymentSourceType());
        requireWallet(agent, wallets);
        own.requireOwn("buyerReturnAddress", request.buyerReturnAddress(), new PaymentSourceId(agent.source().id()), caller);
        List<Amount> amounts = request.requestedAmounts();
        Funds price = PriceAgreement.ofPurchase(agent.details().pricing(), amounts).price();
        verify(request, identifier, agent, amounts);
        CreatePurchase creation = new CreatePurchase(id, identifier, agent.source(), agent.agentIdentifier(), agent.details().name(),
                agent.details().pricing(), amounts, request.inputHash(), request.identifierFromPurchaser(), request.times(),
                agent.cooldownTime(), agent.holder(), wallets, request.buyerReturnAddress(), request.sellerReturnAddress(),
                request.metadata(), caller.requester());
        return turns.take(offer, () -> {
            refuseWhatIsBought(id, offer, caller);
            payInAdvance(price, request, caller);
            long version = create(creation, offer, caller);
            return views.atLeast(FindSale.of(id, false), WireRecord.class, WireRecord::version, version);
        });
    }

    /** What a seller offers is bought once, whatever its identifier looks like. */
    private void refuseWhatIsBought(PurchaseId id, OfferId offer, Caller caller) {
        find(id).or(() -> views.one(new FindPurchaseOfOffer(offer), WireRecord.class)).ifPresent(existing -> {
            throw conflict(existing, id, caller);
        });
    }

    /** Without a wallet to pay from it would only fail at payByTime. @param scope ids of the only wallets that may pay, empty for any */
    private void requireWallet(AgentOnChain agent, List<String> scope) {
        PaymentSourceId source = new PaymentSourceId(agent.source().id());
        if (scope.isEmpty() && views.list(new ListHotWallets(1, null, source, WalletType.Purchasing, null, null), HotWalletView.class)
                .isEmpty()) {
            throw Problem.notFound("This node has no purchasing wallet for this agent's payment source");
        }
        if (!scope.isEmpty()
                && scope.stream().flatMap(id -> views.one(new FindHotWallet(new HotWalletId(id)), HotWalletView.class).stream())
                        .noneMatch(wallet -> wallet.type() == WalletType.Purchasing && wallet.sourceId().equals(source))) {
            throw Problem.unauthorized("This API key may use no purchasing wallet of this agent's payment source");
        }
    }

    private void verify(CreatePurchaseRequest request, BlockchainIdentifier identifier, AgentOnChain agent, List<Amount> amounts) {
        if (request.smartContractAddress() != null && !request.smartContractAddress().equals(agent.source().smartContractAddress())) {
            throw Problem.invalid("smartContractAddress must be the agent's, " + agent.source().smartContractAddress());
        }
        if (!request.sellerKeyHash().equals(agent.holder().vkey())) {
            throw Problem.invalid("sellerVkey does not hold this agent");
        }
        EscrowTimes times = request.times();
        boolean fixed = agent.details().pricing().type() == PricingType.Fixed;
        IdentifierCheck check = views.one(new VerifyIdentifier(identifier, request.inputHash(), request.agentIdentifier(),
                request.identifierFromPurchaser(), fixed ? null : amounts, times, request.sellerKeyHash(), agent.holder().address()),
                IdentifierCheck.class).orElseThrow(() -> new IllegalStateException("The identifier was not checked"));
        if (!check.valid()) {
            throw Problem.invalid("blockchainIdentifier does not hold: " + check.reason());
        }
    }

    private void payInAdvance(Funds price, CreatePurchaseRequest request, Caller caller) {
        PurchaseId id = PurchaseId.of(request.identifier());
        try {
            credits.holdForNew(id.value(), CreditUse.Purchase, credits.rules().mostForLock(price), request.digest(), caller);
        } catch (Problem refused) {
            // Another request for the same purchase was first; by now its purchase may be there to be shown.
            throw refused.status() == HttpStatus.CONFLICT
                    ? find(id).map(existing -> conflict(existing, id, caller)).orElse(refused)
                    : refused;
        }
    }

    /**
     * Creates the purchase. If that is refused for good the credits go back, unless this key's own purchase of the same
     * identifier, made by the same request at the same moment, is what they paid for: other requests could not get here. After a
     * failure of ours they stay taken: the same request sent again neither takes them twice nor creates twice.
     */
    private long create(CreatePurchase command, OfferId offer, Caller caller) {
        try {
            return commands.send(command, caller.requester());
        } catch (Problem refused) {
            if (refused.status().is5xxServerError()) {
                throw refused;
            }
            Optional<WireRecord> existing = standing(refused, command.purchaseId(), offer);
            boolean ours = existing.isPresent() && existing.get().id().equals(command.purchaseId().value())
                    && existing.get().ownerKeyId().equals(caller.key().id().value());
            if (!ours) {
                credits.release(command.purchaseId().value(), caller);
            }
            throw existing.map(record -> conflict(record, command.purchaseId(), caller)).orElse(refused);
        }
    }

    /** The purchase that stands in the way. A conflict says that there is one, though the view may not show it yet. */
    private Optional<WireRecord> standing(Problem refused, PurchaseId id, OfferId offer) {
        return find(id).or(() -> refused.status() == HttpStatus.CONFLICT
                ? Optional.of(views.atLeast(new FindPurchaseOfOffer(offer), WireRecord.class, WireRecord::version, 0))
                : Optional.empty());
    }

    private Optional<WireRecord> find(PurchaseId id) {
        return views.one(FindSale.of(id, false), WireRecord.class);
    }

    private static Problem conflict(WireRecord existing, PurchaseId asked, Caller caller) {
        return Problem.conflict(existing.id().equals(asked.value())
                ? "A purchase with this blockchainIdentifier exists already"
                : "A purchase of this offer exists already, under another form of its blockchainIdentifier", existing.id(),
                caller.sees(existing.network()) ? RecordJson.of(existing) : null);
    }
}
