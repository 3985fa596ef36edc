package io.masumi.node.chain;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.exception.CborDeserializationException;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import com.bloxbean.cardano.client.spec.Era;
import com.bloxbean.cardano.client.transaction.spec.Asset;
import com.bloxbean.cardano.client.transaction.spec.MultiAsset;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionBody;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import com.bloxbean.cardano.client.transaction.spec.TransactionWitnessSet;
import com.bloxbean.cardano.client.transaction.spec.Value;
import com.bloxbean.cardano.client.transaction.spec.script.NativeScript;
import com.bloxbean.cardano.client.transaction.spec.script.ScriptPubkey;
import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.escrow.EscrowDatum;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;

/** People who lock money at the contract with software of their own: with any datum, any value, and from any address. */
final class Lockers {

    /** More than any of these transactions needs; lovelace. */
    private static final BigInteger FEE = BigInteger.valueOf(1_000_000);
    private static final BigInteger COIN = BigInteger.valueOf(50_000_000);

    private final NodeOnDevelopmentNetwork node;
    private final String contract;
    private final Account buyer = Account.createFromMnemonic(Networks.testnet(),
            InteropVectors.sales().findFirst().orElseThrow().buyerMnemonic());
    private final Account stranger = new Account(Networks.testnet());

    /** @param script of the address it lies at, null when a key holds it */
    private record Coin(String transaction, int index, Account owner, NativeScript script) {}

    Lockers(NodeOnDevelopmentNetwork node) {
        this(node, node.escrowAddress);
    }

    /** @param contract bech32 of where they lock */
    Lockers(NodeOnDevelopmentNetwork node, String contract) {
        this.node = node;
        this.contract = contract;
    }

    /** What a lock holds, and what its transaction does besides. @param lovelace in the output */
    record Lock(PlutusData datum, long lovelace, boolean withToken, boolean withReferenceScript) {

        static Lock of(EscrowDatum datum, long lovelace) {
            return of(EscrowDatumCodec.encode(datum), lovelace);
        }

        static Lock of(PlutusData datum, long lovelace) {
            return new Lock(datum, lovelace, false, false);
        }

        Lock token() {
            return new Lock(datum, lovelace, true, withReferenceScript);
        }

        Lock referenceScript() {
            return new Lock(datum, lovelace, withToken, true);
        }
    }

    /** From the address of the node's purchasing wallet. @return the transaction's hash; it waits for a block */
    String byBuyer(Lock lock) {
        return send(lock, fresh(buyer.baseAddress(), buyer, null));
    }

    /** From an address that has nothing to do with the sale. */
    String byStranger(Lock lock) {
        return send(lock, fresh(stranger.baseAddress(), stranger, null));
    }

    /** From another address that the purchasing wallet's key holds: without its stake. */
    String byBuyersKey(Lock lock) {
        return send(lock, fresh(buyer.enterpriseAddress(), buyer, null));
    }

    /** From {@link #scriptAddress}. */
    String byScript(Lock lock) {
        return send(lock, fresh(scriptAddress(), stranger, script()));
    }

    /** An address that a script holds. */
    String scriptAddress() {
        return AddressProvider.getEntAddress(script(), Networks.testnet()).toBech32();
    }

    private ScriptPubkey script() {
        return new ScriptPubkey(HexFormat.of().formatHex(stranger.hdKeyPair().getPublicKey().getKeyHash()));
    }

    /** Nobody's wallet is disturbed: each lock is paid for by money that the faucet gave for it. */
    private Coin fresh(String address, Account owner, NativeScript script) {
        String transaction = node.network.faucet(address, COIN);
        return new Coin(transaction, 0, owner, script);
    }

    private String send(Lock lock, Coin coin) {
        try {
            ScriptPubkey policy = new ScriptPubkey(HexFormat.of().formatHex(coin.owner().hdKeyPair().getPublicKey().getKeyHash()));
            List<MultiAsset> token = lock.withToken()
                    ? List.of(MultiAsset.builder().policyId(policy.getPolicyId())
                            .assets(List.of(new Asset("0x74", BigInteger.ONE))).build())
                    : List.of();
            TransactionOutput output = TransactionOutput.builder().address(contract)
                    .value(new Value(BigInteger.valueOf(lock.lovelace()), token)).inlineDatum(lock.datum())
                    .scriptRef(lock.withReferenceScript() ? policy.scriptRefBytes() : null).build();
            TransactionOutput change = TransactionOutput.builder().address(coin.owner().baseAddress())
                    .value(Value.builder().coin(COIN.subtract(FEE).subtract(BigInteger.valueOf(lock.lovelace()))).build()).build();
            TransactionWitnessSet witnesses = new TransactionWitnessSet();
            if (coin.script() != null) {
                witnesses.getNativeScripts().add(coin.script());
            }
            if (lock.withToken()) {
                witnesses.getNativeScripts().add(policy);
            }
            Transaction transaction = Transaction.builder().era(Era.Conway)
                    .body(TransactionBody.builder().inputs(List.of(new TransactionInput(coin.transaction(), coin.index())))
                            .outputs(List.of(output, change)).fee(FEE).mint(token).build())
                    .witnessSet(witnesses).build();
            return node.network.submit(coin.owner().sign(transaction).serialize());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Data, in the encoding of the library that signs for these people. */
    static PlutusData data(String hex) {
        try {
            return PlutusData.deserialize(HexFormat.of().parseHex(hex));
        } catch (CborDeserializationException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
