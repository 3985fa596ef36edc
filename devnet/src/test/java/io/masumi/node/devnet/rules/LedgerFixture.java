package io.masumi.node.devnet.rules;

import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import com.bloxbean.cardano.client.plutus.spec.PlutusScript;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import com.bloxbean.cardano.client.transaction.spec.Value;
import io.masumi.node.devnet.TestClock;
import io.masumi.node.devnet.chain.Block;
import io.masumi.node.devnet.chain.ChainTransaction;
import io.masumi.node.devnet.chain.Faucet;
import io.masumi.node.devnet.chain.Genesis;
import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.chain.SlotClock;
import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.TransactionRejected;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/** A ledger with a funded wallet, and the assertion that each rule's test makes. */
final class LedgerFixture {
    static final BigInteger FUNDS = BigInteger.valueOf(1_000_000_000L);
    static final BigInteger SCRIPT_FUNDS = BigInteger.valueOf(10_000_000L);
    private static final long START_SLOT = 100_000;

    final TestClock clock = new TestClock();
    final Genesis genesis = new Genesis(clock.millis() - START_SLOT * 1000, 42, "ab".repeat(32),
            BigInteger.valueOf(1_000_000_000_000_000L));
    final ProtocolParameters parameters;
    final Ledger ledger;
    final Wallet wallet = Wallet.of(1);
    final Wallet other = Wallet.of(2);
    private final Faucet faucet;

    LedgerFixture() {
        this(ProtocolParameters.preprod());
    }

    LedgerFixture(ProtocolParameters parameters) {
        this.parameters = parameters;
        ledger = new Ledger(genesis, parameters, new SlotClock(genesis.zeroTime(), clock));
        faucet = new Faucet(ledger, genesis);
    }

    /** A fresh output of {@link #FUNDS} for the wallet. */
    OutputReference funds() {
        return funds(wallet.address());
    }

    OutputReference funds(String address) {
        return funds(address, FUNDS);
    }

    OutputReference funds(String address, BigInteger lovelace) {
        return new OutputReference(faucet.pay(address, lovelace), 0);
    }

    /** A draft that spends fresh funds and pays a little to another wallet. */
    Draft payment() {
        return new Draft(wallet).spend(funds(), FUNDS).pay(other.address(), 2_000_000);
    }

    /** A fresh output under the script with what the change puts into it. */
    OutputReference lock(PlutusScript script, Consumer<TransactionOutput> change) {
        TransactionOutput output = new TransactionOutput(scriptAddress(script), Value.fromCoin(SCRIPT_FUNDS));
        change.accept(output);
        return new OutputReference(ledger.submit(new Draft(wallet).spend(funds(), FUNDS).pay(output).bytes()), 0);
    }

    OutputReference lockInline(PlutusScript script) {
        return lock(script, output -> output.setInlineDatum(PlutusData.unit()));
    }

    static String scriptAddress(PlutusScript script) {
        return AddressProvider.getEntAddress(script, Networks.testnet()).toBech32();
    }

    void assertAccepted(byte[] transaction) {
        assertThat(ledger.submit(transaction)).hasSize(64);
    }

    /** The draft with the mistake is refused for exactly this reason; without it, it is accepted. */
    void assertOnlyWrongIn(LedgerFailure failure, Supplier<Draft> draft, Consumer<Draft> mistake) {
        Draft wrong = draft.get();
        mistake.accept(wrong);
        assertThat(failuresOf(wrong.bytes())).containsExactly(failure);
        assertAccepted(draft.get().bytes());
    }

    List<LedgerFailure> failuresOf(byte[] transaction) {
        try {
            ledger.submit(transaction);
            return List.of();
        } catch (TransactionRejected rejected) {
            return rejected.failures();
        }
    }

    long height() {
        return ledger.read(state -> state.tip().height());
    }

    Optional<Block> block(String hash) {
        return ledger.read(state -> state.block(hash));
    }

    Optional<ChainTransaction> transaction(String id) {
        return ledger.read(state -> state.transaction(id));
    }

    Optional<LedgerOutput> unspent(OutputReference reference) {
        return ledger.read(state -> state.find(reference));
    }
}
