package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.source.ReferenceScriptRequest;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationId;
import io.masumi.node.source.ContractScript;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of chain action under every kind of fault: it happens, and it happens once. Counted is what the ledger shows, never
 * what the node believes. Deaths between the steps of an action are in {@link CrashTest}, rollbacks elsewhere.
 */
@Tag("slow")
class FaultMatrixTest {

    private static final AgentDetails AGENT = new AgentDetails("Translator", "Translates", "https://agent.example/api", List.of(),
            new AgentDetails.Capability("translation", "1.0"), new AgentDetails.Author("Ada", null, null, null), null, List.of("text"),
            new AgentPricing(PricingType.Fixed, Funds.lovelace(5_000_000)), null, 1);

    /** Of a transaction, from when it was built, and a little more. */
    private static final Duration BEYOND_VALIDITY = Duration.ofMinutes(6);
    private static final Duration AFTER_COOLDOWN = NodeOnDevelopmentNetwork.COOLDOWN.plusMinutes(5).plusSeconds(5);
    private static final Duration WITHDRAW_DELAY = Duration.ofMinutes(10);

    /** What happens on the way of a transaction to the ledger. */
    enum Fault {
        /** The ledger takes it, and the connection breaks before anybody says so. */
        REPLY_LOST {
            @Override
            void prepare(FaultMatrixTest test, Step step) {
                test.node.network.faults().loseSubmitReplies(1);
            }
        },
        /** The provider answers with an error twice, and the ledger never hears of it. */
        NOT_HANDED_ON {
            @Override
            void prepare(FaultMatrixTest test, Step step) {
                AtomicInteger left = new AtomicInteger(2);
                test.node.crash.carryBy((transaction, network) -> left.getAndDecrement() > 0
                        ? new SubmitOutcome.Unknown("502 Bad Gateway")
                        : network.submit(transaction));
            }
        },
        /** The provider hands it in twice: what we hear is that its inputs are spent, which it did itself. */
        TAKEN_AND_CALLED_SPENT {
            @Override
            void prepare(FaultMatrixTest test, Step step) {
                test.carryThenSay(
                        new SubmitOutcome.Refused(true, false, "All inputs are spent. Transaction has probably already been included"));
            }
        },
        /** The provider passes it on and says that it did not. */
        TAKEN_AND_CALLED_REFUSED {
            /** Two of an escrow cannot both land. Of a lock or a mint they could. */
            @Override
            boolean needsAnother(Step step) {
                return step.next != null && !step.name.equals("Lock");
            }

            @Override
            void prepare(FaultMatrixTest test, Step step) {
                test.carryThenSay(new SubmitOutcome.Refused(false, false, "MempoolFullError"));
            }
        },
        /** It never arrives, and its time ends. */
        EXPIRED {
            @Override
            boolean needsAnother(Step step) {
                return true;
            }

            @Override
            void prepare(FaultMatrixTest test, Step step) {
                test.swallow();
            }

            @Override
            void wanted(FaultMatrixTest test, Step step) {
                test.expire("swallowed");
            }
        },
        /** The ledger refuses what was signed. */
        REFUSED {
            @Override
            boolean needsAnother(Step step) {
                return true;
            }

            @Override
            void prepare(FaultMatrixTest test, Step step) {
                AtomicBoolean first = new AtomicBoolean(true);
                test.node.crash.forge(signed -> first.getAndSet(false) ? Forgery.of(signed) : signed);
            }

            @Override
            void wanted(FaultMatrixTest test, Step step) {
                test.expire("refused");
            }
        },
        /** The wallet's owner spends the same coins with another software, and is first. */
        COINS_SPENT_ELSEWHERE {
            @Override
            boolean needsAnother(Step step) {
                return true;
            }

            @Override
            void prepare(FaultMatrixTest test, Step step) {
                AtomicBoolean first = new AtomicBoolean(true);
                test.node.crash.carryBy((transaction, network) -> {
                    if (first.getAndSet(false)) {
                        test.elsewhere(step).stirAll();
                    }
                    return network.submit(transaction);
                });
            }

            @Override
            void wanted(FaultMatrixTest test, Step step) {
                test.expire("refused");
            }
        },
        /** The wallet is empty, until somebody fills it. */
        NO_MONEY {
            @Override
            void prepare(FaultMatrixTest test, Step step) {
                test.elsewhere(step).takeAll();
                test.node.block();
            }

            @Override
            void wanted(FaultMatrixTest test, Step step) {
                test.node.untilWithoutBlocks("it waits for money", () -> test.waitsForMoney());
                if (step.next != null) {
                    test.node.untilWithoutBlocks("and says so",
                            () -> step.next.get().errorType() == ErrorType.InsufficientFunds);
                    assertThat(step.next.get().wireName()).endsWith("Requested");
                }
                test.node.fund(step.wallet, 10_000_000, 100_000_000);
            }
        };

        /** Whether another transaction takes the place of the one that the fault hit; else the same bytes must do. */
        boolean needsAnother(Step step) {
            return false;
        }

        /** Before the action is wanted. */
        abstract void prepare(FaultMatrixTest test, Step step);

        /** After. */
        void wanted(FaultMatrixTest test, Step step) {}
    }

    /**
     * An action and how the ledger shows it.
     *
     * @param next what the record shows of it, null when there is no such record
     * @param count of its effects on the ledger
     * @param effect by how much it changes that
     */
    private record Step(String name, Participant wallet, Supplier<NextAction> next, Runnable want, Supplier<Integer> count, int effect) {}

    private NodeOnDevelopmentNetwork node;
    private Fault fault;
    /** Number of the newest transaction before the step. */
    private long sentBefore;

    @ParameterizedTest
    @EnumSource
    void everyActionHappensOnce(Fault injected) {
        try (NodeOnDevelopmentNetwork started = NodeOnDevelopmentNetwork.funded()) {
            node = started;
            fault = injected;
            RegistrationId agent = new RegistrationId("cregistration0001");
            happensOnce(new Step("RegisterAgent", node.seller, null, () -> register(agent), this::agents, 1));
            happensOnce(new Step("DeregisterAgent", node.seller, null,
                    () -> send(new RegistrationCommand.RequestDeregistration(agent, NodeOnDevelopmentNetwork.OWNER)), this::agents, -1));
            happensOnce(new Step("DeployReferenceScript", node.seller, null, () -> send(new ReferenceScriptRequest.Deploy(node.sourceId(),
                    ContractScript.Escrow, node.seller.vkey(), NodeOnDevelopmentNetwork.OWNER)), this::referenceScripts, 1));
            if (fault != Fault.NO_MONEY && fault != Fault.COINS_SPENT_ELSEWHERE) {
                // Its own deposit pays for it, and no coin of the wallet.
                happensOnce(
                        new Step("RetireReferenceScript", node.seller, null, () -> send(new ReferenceScriptRequest.Retire(node.sourceId(),
                                ContractScript.Escrow, NodeOnDevelopmentNetwork.OWNER)), this::referenceScripts, -1));
            }

            Sale sold = node.agree();
            until(sold, OnChainState.FundsLocked);
            send(result(sold));
            until(sold, OnChainState.ResultSubmitted);
            Sale sale = node.sale();
            send(sale.createPayment());
            happensOnce(buyers("Lock", sale, () -> send(sale.createPurchase())));
            until(sale, OnChainState.FundsLocked);
            PurchaseCommand.RequestRefund refund = new PurchaseCommand.RequestRefund(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER);
            happensOnce(buyers("RequestRefund", sale, () -> send(refund)));
            until(sale, OnChainState.RefundRequested);
            node.clock.advance(AFTER_COOLDOWN);
            happensOnce(buyers("CancelRefundRequest", sale, () -> send(
                    new PurchaseCommand.CancelRefundRequest(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER))));
            until(sale, OnChainState.FundsLocked);
            happensOnce(sellers("SubmitResult", sale, () -> send(result(sale))));
            until(sale, OnChainState.ResultSubmitted);
            send(refund);
            until(sale, OnChainState.Disputed);
            happensOnce(sellers("AuthorizeRefund", sale, () -> send(
                    new PaymentCommand.AuthorizeRefund(sale.paymentId(), NodeOnDevelopmentNetwork.OWNER))));
            until(sale, OnChainState.RefundRequested);
            happensOnce(buyers("WithdrawRefund", sale, () -> at(sale.times.submitResultTime())));
            until(sale, OnChainState.RefundWithdrawn);
            happensOnce(sellers("Withdraw", sold, () -> at(sold.times.unlockTime())));
            until(sold, OnChainState.Withdrawn);

            node.clock.advance(BEYOND_VALIDITY);
            for (int i = 0; i < 5; i++) {
                node.block();
            }
            settled();
            assertThat(node.atContract()).hasSize(10);
            assertThat(node.chain().unspent(node.escrowAddress)).isEmpty();
            assertThat(node.events(sale.paymentId().value())).containsOnlyOnce("ResultSubmitted", "RefundAuthorized", "RefundWithdrawn")
                    .doesNotContain("ActionFailed", "UnexpectedTransitionObserved");
            assertThat(node.events(sale.purchaseId().value())).containsOnlyOnce("FundsLocked", "RefundRequestCancelled", "RefundWithdrawn")
                    .doesNotContain("ActionFailed", "LockIgnored", "UnexpectedTransitionObserved");
        }
    }

    private Step buyers(String name, Sale sale, Runnable want) {
        return new Step(name, node.buyer, () -> node.purchase(sale).next(), want, this::contractTransactions, 1);
    }

    private Step sellers(String name, Sale sale, Runnable want) {
        return new Step(name, node.seller, () -> node.payment(sale).next(), want, this::contractTransactions, 1);
    }

    private void happensOnce(Step step) {
        settled();
        int before = step.count.get();
        sentBefore = node.database().sql("SELECT coalesce(max(number), 0) FROM chain_transaction").query(Long.class).single();
        fault.prepare(this, step);
        step.want.run();
        Instant asked = node.clock.instant();
        fault.wanted(this, step);
        node.until(step.name + " despite " + fault, () -> step.count.get() != before);
        node.crash.heal();
        settled();
        assertThat(step.count.get()).as(step.name + " despite " + fault).isEqualTo(before + step.effect);
        if (!fault.needsAnother(step)) {
            // Not given up either, though it landed: a rollback would not have it sent again.
            assertThat(node.database().sql("SELECT status FROM chain_transaction WHERE number > ?").param(sentBefore)
                    .query(String.class).list()).as("transactions for " + step.name).containsExactly("Confirmed");
            assertThat(node.clock.instant()).as("until " + step.name).isBefore(asked.plus(BEYOND_VALIDITY.dividedBy(3)));
        }
    }

    private void carryThenSay(SubmitOutcome lie) {
        AtomicBoolean first = new AtomicBoolean(true);
        node.crash.carryBy((transaction, network) -> {
            SubmitOutcome truth = network.submit(transaction);
            return first.getAndSet(false) ? lie : truth;
        });
    }

    private void swallow() {
        node.crash.carryBy((_, _) -> new SubmitOutcome.Unknown("swallowed"));
    }

    /** Waits until that is the answer to what this step sent, and then until the chain is beyond its validity. */
    private void expire(String answer) {
        node.untilWithoutBlocks(answer, () -> node.database()
                .sql("SELECT EXISTS (SELECT 1 FROM chain_transaction WHERE number > :before AND last_reply LIKE :answer)")
                .param("before", sentBefore).param("answer", "%" + answer + "%").query(Boolean.class).single());
        node.clock.advance(BEYOND_VALIDITY);
        node.block();
        node.crash.heal();
    }

    private OtherSoftware elsewhere(Step step) {
        return step.wallet.equals(node.buyer) ? node.buyerElsewhere() : node.sellerElsewhere();
    }

    private boolean waitsForMoney() {
        return node.database()
                .sql("SELECT EXISTS (SELECT 1 FROM chain_action WHERE status = 'Wanted' AND error_type = 'InsufficientFunds')")
                .query(Boolean.class).single();
    }

    /** Nothing is on its way any more. */
    private void settled() {
        node.until("nothing is under way", () -> node.database().sql("""
                SELECT NOT EXISTS (SELECT 1 FROM chain_action WHERE status IN ('Wanted', 'Signed', 'Submitted'))
                   AND NOT EXISTS (SELECT 1 FROM chain_transaction WHERE status IN ('Signed', 'Submitted'))""").query(Boolean.class)
                .single());
    }

    private int contractTransactions() {
        return node.atContract().size();
    }

    private int agents() {
        return node.chain().assetsOf(node.seller.vkey(), node.source.policyId(), 10).size();
    }

    private int referenceScripts() {
        return node.chain().unspent(NodeOnDevelopmentNetwork.keyAddress(node.seller.vkey())).size();
    }

    private void register(RegistrationId id) {
        send(new RegistrationCommand.RequestRegistration(id, node.source,
                new WalletRef(node.sellingWallet().value(), node.seller.vkey(), node.seller.address()), null, null, AGENT,
                NodeOnDevelopmentNetwork.OWNER));
    }

    private static PaymentCommand.SubmitResult result(Sale sale) {
        return new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH, NodeOnDevelopmentNetwork.OWNER);
    }

    private void at(long deadline) {
        node.clock.set(Instant.ofEpochMilli(deadline).plus(WITHDRAW_DELAY));
    }

    private void send(Object command) {
        node.commands().sendAndWait(command);
    }

    private void until(Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state
                && !node.payment(sale).next().isPending() && !node.purchase(sale).next().isPending());
    }
}
