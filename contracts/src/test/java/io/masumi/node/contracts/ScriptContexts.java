package io.masumi.node.contracts;

import static io.masumi.node.contracts.PlutusData.bytes;
import static io.masumi.node.contracts.PlutusData.constr;
import static io.masumi.node.contracts.PlutusData.integer;
import static io.masumi.node.contracts.PlutusData.list;

import io.masumi.node.contracts.EscrowSpend.Output;
import io.masumi.node.contracts.EscrowSpend.OutputDatum;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scalus.builtin.Data;

/** Plutus V3 script contexts as the ledger builds them. */
final class ScriptContexts {

    private static final Data FALSE = constr(0);
    private static final Data TRUE = constr(1);
    private static final Data NOTHING = constr(1);
    private static final Data EMPTY_MAP = map(List.of());

    private ScriptContexts() {}

    static Data context(EscrowSpend spend) {
        return context(spend, PlutusData.redeemer(spend.redeemer()));
    }

    static Data context(EscrowSpend spend, Data redeemer) {
        return context(spend, redeemer, datum(spend.own().datum()));
    }

    /** The context of a spend whose own datum is any data. */
    static Data context(EscrowSpend spend, Data redeemer, Optional<Data> ownDatum) {
        return context(spend, redeemer, constr(1, PlutusData.outputReference(spend.spent()), PlutusData.option(ownDatum)));
    }

    static Data context(EscrowSpend spend, Data redeemer, Data purpose) {
        Data inputs = list(spend.inputs().stream()
                .map(input -> constr(0, PlutusData.outputReference(input.reference()), output(input.output()))).toList());
        Data outputs = list(spend.outputs().stream().map(ScriptContexts::output).toList());
        Data signatories = list(spend.signatories().stream().map(PlutusData::bytes).toList());
        return constr(0, info(inputs, outputs, EMPTY_MAP, range(spend.from(), spend.until()), signatories), redeemer, purpose);
    }

    /** The context of a transaction under a policy; {@code mint} is policy id to asset name to quantity, in hex. */
    static Data minting(String policyId, List<OutputReference> spent, Map<String, Map<String, Long>> mint, Data redeemer) {
        return minting(spent, mint, redeemer, constr(0, bytes(policyId)));
    }

    static Data minting(List<OutputReference> spent, Map<String, Map<String, Long>> mint, Data redeemer, Data purpose) {
        Output wallet = new Output(PlutusAddress.of(new Credential.Key("ab".repeat(28))), AssetValue.lovelace(5_000_000),
                new OutputDatum.Other(), false);
        Data inputs = list(
                spent.stream().map(reference -> constr(0, PlutusData.outputReference(reference), output(wallet))).toList());
        List<Tuple2<Data, Data>> policies = new ArrayList<>();
        new TreeMap<>(mint).forEach((policy, names) -> {
            List<Tuple2<Data, Data>> entries = new ArrayList<>();
            new TreeMap<>(names).forEach((name, quantity) -> entries.add(new Tuple2<>(bytes(name), integer(quantity))));
            policies.add(new Tuple2<>(bytes(policy), map(entries)));
        });
        return constr(0, info(inputs, list(List.of(output(wallet))), map(policies), range(Optional.empty(), Optional.empty()),
                list(List.of())), redeemer, purpose);
    }

    private static Data info(Data inputs, Data outputs, Data mint, Data range, Data signatories) {
        return constr(0, inputs, list(List.of()), outputs, integer(200_000), mint, list(List.of()), EMPTY_MAP, range, signatories,
                EMPTY_MAP,
                EMPTY_MAP, bytes("ee".repeat(32)), EMPTY_MAP, list(List.of()), NOTHING, NOTHING);
    }

    /** A finite lower bound is inclusive, a finite upper one exclusive; an infinite one is written as inclusive. */
    private static Data range(Optional<BigInteger> from, Optional<BigInteger> until) {
        Data lower = constr(0, from.map(time -> constr(1, integer(time))).orElse(constr(0)), TRUE);
        Data upper = constr(0, until.map(time -> constr(1, integer(time))).orElse(constr(2)), until.isPresent() ? FALSE : TRUE);
        return constr(0, lower, upper);
    }

    static Data output(Output output) {
        return output(output, datum(output.datum()).map(inline -> constr(2, inline)).orElse(constr(0)));
    }

    private static Data output(Output output, Data datum) {
        Optional<Data> referenceScript = output.carriesReferenceScript() ? Optional.of(bytes("cd".repeat(28))) : Optional.empty();
        return constr(0, PlutusData.address(output.address()), value(output.value()), datum, PlutusData.option(referenceScript));
    }

    static Data value(AssetValue value) {
        List<Tuple2<Data, Data>> policies = new ArrayList<>();
        policies.add(new Tuple2<>(bytes(""), map(List.of(new Tuple2<>(bytes(""), integer(value.lovelace()))))));
        Map<String, List<Tuple2<Data, Data>>> byPolicy = new TreeMap<>();
        value.assets().forEach((asset, quantity) -> byPolicy.computeIfAbsent(asset.policyId(), policy -> new ArrayList<>())
                .add(new Tuple2<>(bytes(asset.name()), integer(quantity))));
        byPolicy.forEach((policy, names) -> policies.add(new Tuple2<>(bytes(policy), map(names))));
        return map(policies);
    }

    /** The inline datum, if any. */
    static Optional<Data> datum(OutputDatum datum) {
        return switch (datum) {
            case OutputDatum.Escrow(EscrowDatum escrow) -> Optional.of(PlutusData.datum(escrow));
            case OutputDatum.Tag(OutputReference reference) -> Optional.of(PlutusData.outputReference(reference));
            case OutputDatum.Other() -> Optional.empty();
        };
    }

    /** The context with another subtree in all places of one: for data that the typed model cannot express. */
    static Data replace(Data within, Data original, Data replacement) {
        if (within.equals(original)) {
            return replacement;
        }
        return switch (within) {
            case Data.Constr constr -> constr(constr.constr(),
                    elements(constr.args()).stream().map(field -> replace(field, original, replacement)).toList());
            case Data.List list -> list(elements(list.values()).stream().map(element -> replace(element, original, replacement)).toList());
            default -> within;
        };
    }

    static List<Data> elements(scala.collection.immutable.List<Data> list) {
        return CollectionConverters.asJava(list);
    }

    private static Data map(List<Tuple2<Data, Data>> entries) {
        return Data.Map.apply(PlutusData.scalaList(entries));
    }
}
