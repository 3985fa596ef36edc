package io.masumi.node.chain.cardano.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.Requester;
import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.LedgerValue;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.wallet.MergePurpose;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever a wallet holds, and in whatever pieces: what suffices by a simple bound is paid, by transactions that the development
 * network's rules take, and nothing of it gets lost on the way.
 */
@Tag("slow")
class WalletProperties {

    private static final int MAX_TRANSACTIONS = 12;
    private static final long LOVELACE_PER_BYTE = 4_310;
    /** Policy, name and quantity of a token that shares none of them with another, bytes. */
    private static final long LARGEST_TOKEN = 80;
    /** An output of a wallet, and what a rare huge quantity of a token asks for besides, lovelace. */
    private static final long MIN_OUTPUT = 1_100_000;
    private static final long LARGEST_FEE = 900_000;
    private static final BigInteger MAX_OF_A_LOCK = BigInteger.valueOf(876_629);

    private static CardanoWorld world;

    @BeforeContainer
    static void begin() {
        world = new CardanoWorld();
    }

    @AfterContainer
    static void end() {
        world.close();
    }

    /** @param outputs of the wallet. @param share of what it holds that is to be paid, percent */
    record Case(List<Funds> outputs, int share, boolean tokensToo) {}

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.randomValue(random -> {
            List<Funds> outputs = new ArrayList<>();
            int pieces = random.nextInt(3) == 0 ? random.nextInt(1_600) : random.nextInt(12);
            for (int i = 0; i < pieces; i++) {
                outputs.add(Funds.lovelace(1_000_000 + random.nextInt(1_500_000)));
            }
            int coins = random.nextInt(5);
            for (int i = 0; i < coins; i++) {
                outputs.add(Funds.lovelace(1_000_000 + random.nextInt(60_000_000)));
            }
            int holders = 1 + random.nextInt(7);
            for (int i = 0; i < holders; i++) {
                outputs.add(tokens(random));
            }
            return new Case(outputs, 10 + random.nextInt(90), random.nextBoolean());
        });
    }

    /** With at least the lovelace that the ledger asks for, and sometimes many more. */
    private static Funds tokens(Random random) {
        Assets value = Assets.NONE;
        int kinds = 1 + random.nextInt(random.nextBoolean() ? 3 : 70);
        for (int i = 0; i < kinds; i++) {
            BigInteger quantity = switch (random.nextInt(8)) {
                case 0 -> BigInteger.valueOf(Long.MAX_VALUE);
                case 1 -> BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
                default -> BigInteger.valueOf(1 + random.nextInt(1_000_000));
            };
            Assets token = Assets.of(String.format("%056x", 1 + random.nextInt(5)) + String.format("%02x", random.nextInt(50))
                    + "ab".repeat(random.nextInt(32)), quantity);
            value = value.plus(token).byUnit().values().stream().allMatch(held -> held.bitLength() <= 64) ? value.plus(token) : value;
        }
        long least = LOVELACE_PER_BYTE * (Bundles.size(value) + 160 + 70);
        return value.withLovelace(BigInteger.valueOf(least + random.nextInt(20_000_000))).toFunds();
    }

    @Property(tries = 60, seed = "7", shrinking = ShrinkingMode.OFF)
    void whatSufficesIsPaidAndNothingIsLost(@ForAll("cases") Case wanted) {
        String address = world.identity(world.buyer).address();
        Map<OutputRef, Utxo> wallet = new HashMap<>();
        for (Funds each : wanted.outputs()) {
            OutputRef ref = new OutputRef(String.format("%064x", wallet.size()), 0);
            wallet.put(ref, new Utxo(ref, address, each, null, null, null, null));
        }
        Funds before = sum(wallet.values());
        Funds price = price(wanted, before);
        Map<OutputRef, Integer> depths = new HashMap<>();
        BigInteger fees = BigInteger.ZERO;
        Set<OutputRef> spent = new HashSet<>();
        for (int number = 0; number < MAX_TRANSACTIONS; number++) {
            boolean paid = false;
            SignedTransaction built;
            Spendable spendable = new Spendable(List.copyOf(wallet.values()), Map.copyOf(depths), Set.of(), 3, 3);
            try {
                built = world.factory.build(world.sourceId, world.buyer, spendable, lock(price));
                paid = true;
            } catch (WalletInPiecesException e) {
                built = world.factory.build(world.sourceId, world.buyer, spendable,
                        TransactionContent.of(new ChainAction.MergeOutputs(MergePurpose.Payment, e.needed(), Requester.NODE)));
            } catch (InsufficientFundsException e) {
                assertThat(spare(wanted, before, price)).as("%s: %s", e.getMessage(), wanted).isNegative();
                return;
            }
            LedgerTransaction accepted = LedgerRules.check(built, wallet.values(), world.provider.parameters(), world.clock.millis());
            assertThat(accepted.fee()).isLessThanOrEqualTo(
                    new TransactionFees(world.provider.parameters().protocol()).most(false, 0)).isLessThanOrEqualTo(MAX_OF_A_LOCK);
            fees = fees.add(accepted.fee());
            assertThat(spent).doesNotContainAnyElementsOf(built.inputs());
            spent.addAll(built.inputs());
            int depth = 1 + built.inputs().stream().mapToInt(input -> depths.getOrDefault(input, 0)).max().orElse(0);
            built.inputs().forEach(wallet::remove);
            built.change().forEach(change -> {
                wallet.put(change.ref(), change);
                depths.put(change.ref(), depth);
            });
            if (paid) {
                Funds locked = accepted.outputs().stream().filter(output -> output.bech32().equals(world.escrowAddress))
                        .map(output -> funds(output.value())).reduce(Funds.NONE, Funds::plus);
                assertThat(locked.covers(price)).isTrue();
                assertThat(sum(wallet.values()).plus(locked).plus(Funds.of(List.of(new Amount("", fees))))).isEqualTo(before);
                return;
            }
        }
        throw new AssertionError("not paid after " + MAX_TRANSACTIONS + " transactions: " + wanted);
    }

    private static Funds funds(LedgerValue value) {
        List<Amount> amounts = new ArrayList<>(List.of(new Amount(Amount.LOVELACE, value.lovelace())));
        value.assets().forEach((unit, quantity) -> amounts.add(new Amount(unit, quantity)));
        return Funds.of(amounts);
    }

    private static Funds price(Case wanted, Funds held) {
        long lovelace = held.lovelace().longValueExact() * wanted.share() / 100;
        Funds price = Funds.lovelace(Math.max(2_000_000, lovelace));
        return wanted.tokensToo() && !held.nativeAssets().isEmpty()
                ? price.plus(Funds.of(List.of(held.nativeAssets().entrySet().stream().map(each -> new Amount(each.getKey(),
                        each.getValue().min(BigInteger.TEN))).findFirst().orElseThrow())))
                : price;
    }

    /** What is certainly left over when the price, all tokens' own cost, some outputs of change, and any number of fees are paid. */
    private static long spare(Case wanted, Funds held, Funds price) {
        long tokens = wanted.outputs().stream().mapToLong(output -> output.nativeAssets().size()).sum();
        long holders = wanted.outputs().stream().filter(output -> !output.nativeAssets().isEmpty()).count();
        long merges = 3 + wanted.outputs().size() / 300;
        return held.lovelace().subtract(price.lovelace()).longValueExact() - tokens * LARGEST_TOKEN * LOVELACE_PER_BYTE
                - (holders * 3 + 2) * MIN_OUTPUT - merges * (LARGEST_FEE + 5_000_000 + MIN_OUTPUT);
    }

    private TransactionContent lock(Funds price) {
        long now = world.clock.millis();
        return TransactionContent.of(new ChainAction.Lock(BlockchainIdentifier.of("ab".repeat(64), "aabbccddeeff0099", "8458", "a401"),
                world.participant(world.seller), "5d".repeat(32),
                new EscrowTimes(now + 3_600_000, now + 7_200_000, now + 10_800_000, now + 14_400_000), price));
    }

    private static Funds sum(Collection<Utxo> outputs) {
        return Assets.sum(outputs.stream().map(Utxo::value)).toFunds();
    }
}
