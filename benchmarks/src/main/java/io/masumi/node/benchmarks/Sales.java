package io.masumi.node.benchmarks;

import io.masumi.node.Requester;
import io.masumi.node.chain.identifier.SignTerms;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.SaleTerms;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.wallet.HotWalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Many sales at once, each phase of all of them together: lock, result, withdrawal. */
final class Sales {

    private static final Funds PRICE = Funds.lovelace(5_000_000);
    private static final Requester OWNER = new Requester("benchmark", true);
    private static final int AT_A_TIME = 8;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    /** After unlockTime the node waits this long, its own setting, before it withdraws. */
    private static final Duration WITHDRAWAL_DELAY = Duration.ofMinutes(11);

    private final BenchmarkNode node;
    private final Duration longestPhase;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private List<BlockchainIdentifier> identifiers = List.of();
    private EscrowTimes times;

    /** @param longestPhase after which a phase that is not over is given up */
    Sales(BenchmarkNode node, Duration longestPhase) {
        this.node = node;
        this.longestPhase = longestPhase;
    }

    /** Both sides agree on that many sales, and the buyer's money is locked. */
    void lock(int count) {
        Instant now = node.clock().instant();
        times = new EscrowTimes(now.plus(Duration.ofMinutes(60)).toEpochMilli(), now.plus(Duration.ofMinutes(120)).toEpochMilli(),
                now.plus(Duration.ofMinutes(180)).toEpochMilli(), now.plus(Duration.ofMinutes(240)).toEpochMilli());
        int before = recorded("Payment", true);
        identifiers = together(IntStream.range(0, count).<Callable<BlockchainIdentifier>>mapToObj(number -> () -> agree(number)).toList());
        await("locks", () -> recorded("Payment", true) >= before + count && recorded("Purchase", true) >= before + count);
    }

    /** The seller hands in a result for each. */
    void submitResults() {
        int before = confirmed("SubmitResult");
        together(identifiers.stream().<Callable<Object>>map(identifier -> () -> node.commands().sendAndWait(
                new PaymentCommand.SubmitResult(PaymentId.of(identifier), hex(32), OWNER))).toList());
        await("results", () -> confirmed("SubmitResult") >= before + identifiers.size());
    }

    /** Time goes on to when the node withdraws by itself. */
    void withdraw() {
        int before = confirmed("Withdraw");
        node.clock().leapTo(Instant.ofEpochMilli(times.unlockTime()).plus(WITHDRAWAL_DELAY));
        await("withdrawals", () -> confirmed("Withdraw") >= before + identifiers.size());
    }

    private BlockchainIdentifier agree(int number) {
        WalletRef wallet = node.sellingWallets().get(number % node.sellingWallets().size());
        String agent = node.source().policyId() + hex(32);
        String purchaser = hex(10);
        String inputHash = hex(32);
        BlockchainIdentifier identifier = node.queries().query(
                new SignTerms(new HotWalletId(wallet.id()),
                        new SaleTerms(inputHash, agent, purchaser, hex(32) + agent, null, times, wallet.address())),
                BlockchainIdentifier.class).join();
        AgentPricing pricing = new AgentPricing(PricingType.Fixed, PRICE);
        node.commands().sendAndWait(new PaymentCommand.CreatePayment(PaymentId.of(identifier), identifier, node.source(), agent, "agent",
                pricing, List.of(), inputHash, purchaser, times, BenchmarkNode.COOLDOWN.toMillis(), wallet, null, null, OWNER));
        node.commands().sendAndWait(new PurchaseCommand.CreatePurchase(PurchaseId.of(identifier), identifier, node.source(), agent,
                "agent", pricing, List.of(), inputHash, purchaser, times, BenchmarkNode.COOLDOWN.toMillis(),
                new Participant(wallet.vkey(), wallet.address()), List.of(), null, null, null, OWNER));
        return identifier;
    }

    private String hex(int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }

    private int recorded(String role, boolean open) {
        return node.database().sql("SELECT count(*) FROM escrow_position WHERE role = ? AND (output_index IS NOT NULL) = ?")
                .params(role, open).query(Integer.class).single();
    }

    private int confirmed(String kind) {
        return node.database().sql("SELECT count(*) FROM chain_action WHERE kind = ? AND status = 'Confirmed'").param(kind)
                .query(Integer.class).single();
    }

    private static <T> List<T> together(List<Callable<T>> tasks) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<T>> futures = threads.invokeAll(tasks);
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void await(String what, java.util.function.BooleanSupplier done) {
        long end = System.nanoTime() + longestPhase.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(what + " are not done within " + longestPhase.toMinutes() + " minutes: "
                        + node.database()
                                .sql("SELECT kind || ' ' || status || ' ' || coalesce(error, '') || ' ' || count(*) FROM chain_action"
                                        + " GROUP BY kind, status, error")
                                .query(String.class).list());
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
