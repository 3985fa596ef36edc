package io.masumi.node.chain.process;

import java.util.Optional;

import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.CreditUse;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.credit.RecordCosts;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.registry.RegistrationState;
import io.masumi.node.source.PaymentSourceId;

/**
 * Has API keys pay for what is done for them. Nothing is asked of the chain before the key of its record has paid the most that it may
 * cost; what it really cost is told when the chain shows it. Costs are sums, so that saying one again changes nothing.
 */
final class KeyCosts {

    private final SagaCommands commands;
    private final RecordCosts costs;
    private final OwnAddresses own;

    KeyCosts(SagaCommands commands, CreditRules rules, OwnAddresses own) {
        this.commands = commands;
        this.costs = new RecordCosts(rules);
        this.own = own;
    }

    Funds of(PaymentState payment) {
        return costs.of(payment, own.has(source(payment.created().source()), payment.created().sellerReturnAddress()));
    }

    Funds of(PurchaseState purchase) {
        return costs.of(purchase, own.has(source(purchase.created().source()), purchase.created().buyerReturnAddress()));
    }

    Funds of(RegistrationState registration) {
        Participant recipient = registration.requested().recipient();
        return costs.of(registration,
                own.has(source(registration.requested().source()), recipient == null ? null : recipient.address()));
    }

    private static PaymentSourceId source(PaymentSourceRef source) {
        return new PaymentSourceId(source.id());
    }

    /** A record, and the key that it is for. */
    record Account(Requester owner, String recordId, CreditUse use) {

        private ApiKeyId key() {
            return new ApiKeyId(owner.keyId());
        }

        /** Admins, and the node itself, spend without limit. */
        private boolean isFree() {
            return owner.admin();
        }
    }

    /**
     * Has the key pay for something that is about to be done. What an admin or the node itself asks for is not refused: it is told as
     * something that has happened.
     *
     * @return why it cannot be done, empty if it can
     */
    Optional<String> ask(Account account, Requester asking, Funds cost) {
        if (account.isFree() || asking.admin()) {
            return Optional.empty();
        }
        return commands
                .ask(new ApiKeyCommand.SettleCredits(account.key(), account.recordId(), account.use(), cost, true, "it is to be done"));
    }

    /** Tells the key what the record costs now. @return why it could not be told; it hears of it again when the cost is another, or final */
    Optional<RuntimeException> settle(Account account, Funds cost, String reason) {
        return account.isFree()
                ? Optional.empty()
                : commands.sendIfPossible(new ApiKeyCommand.SettleCredits(account.key(), account.recordId(), account.use(), cost, false,
                        reason));
    }

    /**
     * What the record costs is final.
     *
     * @throws IllegalStateException if the key cannot be told, and why: nobody tells it later
     */
    void close(Account account, Funds cost) {
        if (account.isFree()) {
            return;
        }
        settle(account, cost, "it is final")
                .or(() -> commands.sendIfPossible(new ApiKeyCommand.CloseCredits(account.key(), account.recordId())))
                .ifPresent(why -> {
                    throw new IllegalStateException("The API key " + account.owner().keyId() + " cannot be told what "
                            + account.recordId() + " cost in the end", why);
                });
    }
}
