package io.masumi.node.chain.dispute;

import io.masumi.node.Rejection;
import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.source.Admins;
import io.masumi.node.chain.source.Source;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.chain.cardano.transaction.DisputedWithdrawal;
import io.masumi.node.chain.cardano.transaction.InsufficientFundsException;
import io.masumi.node.chain.cardano.transaction.UnsignedTransaction;
import io.masumi.node.chain.cardano.transaction.WithdrawalCost;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.AdminWeight;
import io.masumi.node.escrow.Participant;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has a withdrawal paid by whom the request names, or else by the first of the admins' addresses that holds enough. An admin's
 * money may be at the address that the payment source has, which may have a stake part, or at that of the key alone.
 */
final class FeePayers {

    private final CardanoTransactionFactory factory;
    private final Source source;
    private final ChainProvider chain;
    private final Function<List<AdminWeight>, DisputedWithdrawal> withdrawal;

    /** @param withdrawal what is paid for, if these admins are to sign */
    FeePayers(CardanoTransactionFactory factory, Source source, ChainProvider chain,
            Function<List<AdminWeight>, DisputedWithdrawal> withdrawal) {
        this.factory = factory;
        this.source = source;
        this.chain = chain;
        this.withdrawal = withdrawal;
    }

    /** A withdrawal that is paid for. @param signers the admins who sign it */
    record Paid(Participant payer, List<AdminWeight> signers, UnsignedTransaction transaction) {}

    /** One who could pay. */
    private record Candidate(Participant payer, List<AdminWeight> signers) {}

    /** @throws io.masumi.node.RejectedException if it cannot be an address that pays, or does not hold enough */
    Paid by(String feePayerAddress, List<AdminWeight> signers) {
        return first("feePayerAddress does not hold enough", List.of(new Candidate(named(feePayerAddress), signers)));
    }

    private Participant named(String feePayerAddress) {
        try {
            ShelleyAddress payer = ShelleyAddress.parse(source.network(), feePayerAddress);
            return new Participant(payer.paymentKeyHash()
                    .orElseThrow(() -> new IllegalArgumentException("it is held by a script, which cannot sign")), payer.bech32());
        } catch (IllegalArgumentException e) {
            throw Rejection.invalid("feePayerAddress: " + e.getMessage());
        }
    }

    /** By one of those admins if one can, else by another one, who then signs too. */
    Paid byAnAdmin(Admins admins, List<AdminWeight> signers) {
        return first("feePayerAddress is absent, and none of the admins' addresses holds enough",
                candidates(admins, signers, _ -> signers));
    }

    /** The same where the admins who sign are free to choose: the one who pays is among them. */
    Paid byAnAdmin(Admins admins) {
        return first("feePayerAddress is absent, and none of the admins' addresses holds enough",
                candidates(admins, admins.firstSufficient(), payer -> admins.firstSufficientWith(List.of(payer))));
    }

    private List<Candidate> candidates(Admins admins, List<AdminWeight> preferred, Function<String, List<AdminWeight>> signersWith) {
        return Stream.concat(preferred.stream(), admins.all().stream()).map(AdminWeight::vkey).distinct()
                .flatMap(key -> Stream
                        .of(admins.addresses().get(key), ShelleyAddress.ofPaymentKey(source.network(), key).bech32()).distinct()
                        .map(address -> new Candidate(new Participant(key, address),
                                preferred.stream().anyMatch(each -> each.vkey().equals(key)) ? preferred : signersWith.apply(key))))
                .toList();
    }

    private Paid first(String refusal, List<Candidate> candidates) {
        List<Poor> poor = new ArrayList<>();
        for (Candidate each : candidates) {
            List<Utxo> outputs = chain.unspent(each.payer().address());
            try {
                return new Paid(each.payer(), each.signers(),
                        factory.unsigned(source.id(), each.payer(), outputs, withdrawal.apply(each.signers())));
            } catch (InsufficientFundsException e) {
                poor.add(new Poor(each, outputs, e.getMessage()));
            }
        }
        throw Rejection.invalid(refusal + ". " + inWords(cost(poor.getFirst())) + ". "
                + poor.stream().map(this::holding).collect(Collectors.joining("; "))
                + ". Send it to one of them, or name another address in feePayerAddress");
    }

    /** One who cannot pay. @param why as the builder says it */
    private record Poor(Candidate candidate, List<Utxo> outputs, String why) {}

    private WithdrawalCost cost(Poor poor) {
        return factory.cost(source.id(), poor.candidate().payer(), withdrawal.apply(poor.candidate().signers()));
    }

    private static String inWords(WithdrawalCost cost) {
        return "It takes " + cost.fee() + " lovelace of fee" + (cost.added().signum() > 0
                ? ", " + cost.added() + " that the shares lack to be outputs"
                : "") + ", at least " + cost.change() + " that are left as change, and a collateral of " + cost.collateral() + ": "
                + cost.inOneOutput() + " lovelace in one output without tokens do";
    }

    private String holding(Poor poor) {
        String address = poor.candidate().payer().address();
        if (poor.outputs().isEmpty()) {
            return address + " holds nothing";
        }
        BigInteger held = poor.outputs().stream().map(utxo -> utxo.value().lovelace()).reduce(BigInteger.ZERO, BigInteger::add);
        long tokens = poor.outputs().stream().flatMap(utxo -> utxo.value().nativeAssets().keySet().stream()).distinct().count();
        BigInteger missing = cost(poor).inOneOutput().subtract(held);
        return address + " holds " + held + " lovelace and " + tokens + " tokens in " + poor.outputs().size()
                + (poor.outputs().size() == 1 ? " output, and " : " outputs, and ")
                + (missing.signum() > 0 ? missing + " lovelace are missing" : poor.why());
    }
}
