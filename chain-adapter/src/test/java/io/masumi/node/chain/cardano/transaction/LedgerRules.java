package io.masumi.node.chain.cardano.transaction;

import co.nstant.in.cbor.CborException;
import com.bloxbean.cardano.client.address.Address;
import com.bloxbean.cardano.client.common.cbor.CborSerializationUtil;
import com.bloxbean.cardano.client.exception.AddressExcepion;
import com.bloxbean.cardano.client.exception.CborSerializationException;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import io.masumi.node.chain.cardano.provider.LedgerParameters;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.LedgerValue;
import io.masumi.node.devnet.ledger.OutputDatum;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.TransactionDecoder;
import io.masumi.node.devnet.phase1.Phase1;
import io.masumi.node.cardano.OutputRef;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The development network's rules for transactions, on outputs that are on no chain. */
final class LedgerRules {

    private static final Phase1 RULES = new Phase1(ProtocolParameters.preprod());

    private LedgerRules() {}

    /**
     * Checks everything that needs no script to run.
     *
     * @param outputs all that the transaction spends, puts up or refers to
     * @throws io.masumi.node.devnet.ledger.TransactionRejected naming every broken rule
     */
    static LedgerTransaction check(SignedTransaction transaction, Collection<Utxo> outputs, LedgerParameters parameters, long now) {
        Map<OutputRef, Utxo> known = outputs.stream().collect(Collectors.toMap(Utxo::ref, Function.identity()));
        LedgerTransaction decoded = new TransactionDecoder().decode(transaction.bytes());
        RULES.check(decoded, reference -> Optional.ofNullable(known.get(new OutputRef(reference.transactionId(), reference.index())))
                .map(LedgerRules::output), parameters.slots().slotAt(now), Long.MAX_VALUE);
        return decoded;
    }

    private static LedgerOutput output(Utxo utxo) {
        TreeMap<String, BigInteger> assets = new TreeMap<>(utxo.value().nativeAssets());
        OutputDatum datum = utxo.inlineDatum() == null
                ? new OutputDatum.None()
                : new OutputDatum.Inline("00".repeat(32), HexFormat.of().parseHex(utxo.inlineDatum()));
        try {
            TransactionOutput output = TransactionOutput.builder().address(utxo.address()).value(Assets.of(utxo.value()).toValue()).build();
            byte[] cbor = CborSerializationUtil.serialize(output.serialize());
            return new LedgerOutput(new Address(utxo.address()), new LedgerValue(utxo.value().lovelace(), assets),
                    Bundles.size(Assets.of(utxo.value())), datum, Optional.empty(), cbor);
        } catch (CborSerializationException | CborException | AddressExcepion e) {
            throw new IllegalStateException(e);
        }
    }
}
