package io.masumi.node.devnet.chain;

import com.bloxbean.cardano.client.address.util.AddressUtil;
import com.bloxbean.cardano.client.exception.CborSerializationException;
import com.bloxbean.cardano.client.transaction.TransactionSigner;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionBody;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import com.bloxbean.cardano.client.transaction.spec.Value;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.OutputReference;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Gives the genesis funds away, by ordinary transactions that build on the faucet's own change. */
public final class Faucet {
    /** More than the minimum for one input, two outputs and one signature; lovelace. */
    private static final BigInteger FEE = BigInteger.valueOf(200_000);

    private final Ledger ledger;
    private final Genesis genesis;

    public Faucet(Ledger ledger, Genesis genesis) {
        this.ledger = ledger;
        this.genesis = genesis;
    }

    /**
     * @param address a bech32 address of a test network
     * @param lovelace at least what an output needs, about 1 ada
     * @return the id of the payment, which waits in the mempool
     * @throws IllegalArgumentException when the address is not one of a test network or the amount cannot be paid
     * @throws io.masumi.node.devnet.ledger.TransactionRejected when the ledger refuses the payment
     */
    public synchronized String pay(String address, BigInteger lovelace) {
        requirePayable(address, lovelace);
        String own = genesis.faucetAddress().toBech32();
        Map.Entry<OutputReference, LedgerOutput> source = ledger.spendableNow(own).entrySet().stream()
                .filter(entry -> entry.getValue().value().lovelace().compareTo(lovelace.add(FEE)) > 0).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the faucet has no output of " + lovelace + " lovelace"));
        return ledger.submit(signed(source, own, address, lovelace));
    }

    private static void requirePayable(String address, BigInteger lovelace) {
        if (lovelace.signum() <= 0) {
            throw new IllegalArgumentException("the amount must be positive, not " + lovelace + " lovelace");
        }
        if (!address.startsWith("addr_test1") || !AddressUtil.isValidAddress(address)) {
            throw new IllegalArgumentException("not an address of a test network: " + address);
        }
    }

    private byte[] signed(Map.Entry<OutputReference, LedgerOutput> source, String own, String address, BigInteger lovelace) {
        try {
            BigInteger change = source.getValue().value().lovelace().subtract(lovelace).subtract(FEE);
            TransactionInput input = new TransactionInput(source.getKey().transactionId(), source.getKey().index());
            TransactionBody body = TransactionBody.builder().inputs(List.of(input)).fee(FEE)
                    .outputs(List.of(new TransactionOutput(address, Value.fromCoin(lovelace)),
                            new TransactionOutput(own, Value.fromCoin(change))))
                    .build();
            Transaction unsigned = Transaction.builder().body(body).build();
            return TransactionSigner.INSTANCE.sign(unsigned, genesis.faucetKey()).serialize();
        } catch (CborSerializationException e) {
            throw new IllegalArgumentException("no payment can be made to " + address, e);
        }
    }
}
