package io.masumi.node.chain.follower;

import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.cardano.provider.ChainTransaction.Input;
import io.masumi.node.chain.cardano.provider.ChainTransaction.Output;
import io.masumi.node.chain.source.Admins;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.DisputeOutcome;
import io.masumi.node.escrow.DisputeResolution;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Participant;
import io.masumi.node.chain.source.Source;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads out of a disputed withdrawal who got what. The contract leaves that to the admins, who may use any tool and any
 * addresses, so it follows from the balance of everybody's inputs and outputs: a party is whoever its payment key is, under
 * any stake key; all others are one group, so that change that goes to a fresh address is still theirs.
 */
final class DisputeReading {

    private enum Group {
        SELLER,
        BUYER,
        OTHERS
    }

    private final Map<Group, List<Funds>> in = new EnumMap<>(Group.class);
    private final Map<Group, List<Funds>> out = new EnumMap<>(Group.class);
    private final BigInteger fee;
    private final Funds escrow;

    private DisputeReading(ChainTransaction transaction, Input spent, EscrowDatum datum) {
        fee = BigInteger.valueOf(transaction.feeLovelace());
        escrow = spent.value();
        Stream.of(Group.values()).forEach(group -> {
            in.put(group, new ArrayList<>());
            out.put(group, new ArrayList<>());
        });
        for (Input input : transaction.inputs()) {
            if (!input.ref().equals(spent.ref())) {
                in.get(group(input.address(), datum)).add(input.value());
            }
        }
        for (Output output : transaction.outputs()) {
            out.get(group(output.address(), datum)).add(output.value());
        }
    }

    /** @param spent the escrow's output, and {@code datum} its datum */
    static DisputeResolution resolution(ChainTransaction transaction, Input spent, EscrowDatum datum, Source source) {
        DisputeReading reading = new DisputeReading(transaction, spent, datum);
        Funds seller = reading.got(Group.SELLER);
        Funds buyer = reading.got(Group.BUYER);
        Admins admins = Admins.of(source.parameters());
        return new DisputeResolution(DisputeOutcome.of(seller, buyer, datum.collateralReturnLovelace()), seller, buyer,
                reading.got(Group.OTHERS), admins.among(transaction.requiredSigners()), admins.required());
    }

    private static Group group(String address, EscrowDatum datum) {
        if (isOf(address, datum.seller())) {
            return Group.SELLER;
        }
        return isOf(address, datum.buyer()) ? Group.BUYER : Group.OTHERS;
    }

    private static boolean isOf(String address, Participant party) {
        if (address.equals(party.address())) {
            return true;
        }
        try {
            return ShelleyAddress.parse(address).paymentKeyHash().filter(key -> key.equals(party.vkey())).isPresent();
        } catch (IllegalArgumentException e) {
            // An address of another era or kind is neither party's.
            return false;
        }
    }

    /** What a group has more after than before, per asset, and at most what the escrow held. */
    private Funds got(Group group) {
        Funds before = sum(in.get(group));
        Funds after = sum(out.get(group));
        TreeSet<String> units = new TreeSet<>();
        after.amounts().forEach(amount -> units.add(amount.unit()));
        return Funds.of(units.stream().map(unit -> {
            BigInteger paid = unit.isEmpty() && paidTheFee(group) ? fee : BigInteger.ZERO;
            BigInteger gain = after.of(unit).add(paid).subtract(before.of(unit));
            return new Amount(unit, gain.max(BigInteger.ZERO).min(escrow.of(unit)));
        }).toList());
    }

    /** Whether nobody else put anything in. Where several did, nobody can tell whose the fee was. */
    private boolean paidTheFee(Group group) {
        return in.entrySet().stream().allMatch(each -> (each.getKey() == group) != each.getValue().isEmpty());
    }

    private static Funds sum(List<Funds> funds) {
        return funds.stream().reduce(Funds.NONE, Funds::plus);
    }
}
