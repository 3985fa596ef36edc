package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.address.Address;
import com.bloxbean.cardano.client.api.exception.ApiException;
import com.bloxbean.cardano.client.api.model.Amount;
import com.bloxbean.cardano.client.api.model.EvaluationResult;
import com.bloxbean.cardano.client.api.model.Result;
import com.bloxbean.cardano.client.api.model.Utxo;
import com.bloxbean.cardano.client.backend.api.BackendService;
import com.bloxbean.cardano.client.backend.blockfrost.service.BFBackendService;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.function.helper.SignerProviders;
import com.bloxbean.cardano.client.plutus.blueprint.PlutusBlueprintUtil;
import com.bloxbean.cardano.client.plutus.blueprint.model.PlutusVersion;
import com.bloxbean.cardano.client.plutus.spec.ConstrPlutusData;
import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import com.bloxbean.cardano.client.plutus.spec.PlutusScript;
import com.bloxbean.cardano.client.plutus.spec.RedeemerTag;
import com.bloxbean.cardano.client.quicktx.QuickTxBuilder;
import com.bloxbean.cardano.client.quicktx.ScriptTx;
import com.bloxbean.cardano.client.quicktx.TxResult;
import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.devnet.control.PublishedContract;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/** Somebody who acts on the contract with keys and software of their own, without any of the two nodes. */
final class Outsider {

    /** More than any spend of the contract takes; who evaluates nothing pays a little more. */
    private static final ExUnits ENOUGH = ExUnits.builder().mem(BigInteger.valueOf(1_000_000)).steps(BigInteger.valueOf(400_000_000))
            .build();
    private static final long VALID_SECONDS = 120;
    private static final int REQUEST_REFUND = 1;
    private static final int WITHDRAW_DISPUTED = 4;

    private final TwoNodes nodes;
    private final BackendService backend;
    private final PublishedContract contract;
    private final PlutusScript script;
    private final Account account = new Account(Networks.testnet());

    Outsider(TwoNodes nodes) {
        this.nodes = nodes;
        this.backend = new BFBackendService(nodes.network.providerUrl(), "any");
        this.contract = nodes.network.contract().orElseThrow();
        this.script = PlutusBlueprintUtil.getPlutusScriptFromCompiledCode(contract.escrowScript(), PlutusVersion.v3);
        nodes.network.faucet(account.baseAddress(), BigInteger.valueOf(100_000_000));
        nodes.network.faucet(account.baseAddress(), BigInteger.valueOf(10_000_000));
        nodes.network.makeBlock();
    }

    /** The buyer asks for the refund again, which its own node does not do in a dispute. @param transaction that made the escrow's output */
    void requestRefundAgain(String transaction, Account buyer) {
        Utxo escrow = escrow(transaction);
        EscrowDatum datum = EscrowDatumCodec.decode(escrow.getInlineDatum(), Network.Preprod).orElseThrow();
        long last = slot() + VALID_SECONDS;
        PlutusData next = EscrowDatumCodec.continued(escrow.getInlineDatum(), datum.resultHash(), 0, timeOf(last) + contract.cooldownTime(),
                OnChainState.Disputed);
        send(new ScriptTx().collectFrom(escrow, ConstrPlutusData.of(REQUEST_REFUND))
                .payToContract(contract.smartContractAddress(), escrow.getAmount(), next).attachSpendingValidator(script), last, buyer);
    }

    /** The admins settle a dispute; the rest of the escrow is their fee. */
    void settle(String transaction, String seller, long toSeller, String buyer, long toBuyer, Account... admins) {
        send(new ScriptTx().collectFrom(escrow(transaction), ConstrPlutusData.of(WITHDRAW_DISPUTED))
                .payToAddress(seller, Amount.lovelace(BigInteger.valueOf(toSeller)))
                .payToAddress(buyer, Amount.lovelace(BigInteger.valueOf(toBuyer)))
                .attachSpendingValidator(script).withChangeAddress(account.baseAddress()), slot() + VALID_SECONDS, admins);
    }

    private void send(ScriptTx transaction, long lastSlot, Account... signers) {
        Address[] required = new Address[signers.length];
        QuickTxBuilder.TxContext context = new QuickTxBuilder(backend).compose(transaction).feePayer(account.baseAddress())
                .withSigner(SignerProviders.signerFrom(account)).validFrom(slot()).validTo(lastSlot).withTxEvaluator(this::enough);
        for (int i = 0; i < signers.length; i++) {
            required[i] = new Address(signers[i].baseAddress());
            context = context.withSigner(SignerProviders.signerFrom(signers[i]));
        }
        TxResult result = context.withRequiredSigners(required).complete();
        assertThat(result.isSuccessful()).as(result.getResponse()).isTrue();
    }

    @SuppressWarnings("unchecked")
    private Result<List<EvaluationResult>> enough(byte[] cbor, Set<Utxo> inputs) {
        // The library's method gives a raw type.
        return Result.success("enough").withValue(
                List.of(EvaluationResult.builder().redeemerTag(RedeemerTag.Spend).index(0).exUnits(ENOUGH).build()));
    }

    private Utxo escrow(String transaction) {
        try {
            return backend.getUtxoService().getUtxos(contract.smartContractAddress(), 100, 1).getValue().stream()
                    .filter(each -> each.getTxHash().equals(transaction)).findFirst().orElseThrow();
        } catch (ApiException e) {
            throw new IllegalStateException(e);
        }
    }

    private long slot() {
        return (nodes.clock.millis() - zeroTime()) / 1000;
    }

    private long timeOf(long slot) {
        return zeroTime() + slot * 1000;
    }

    private long zeroTime() {
        return nodes.look("/devnet").path("zero_time").asLong();
    }
}
