package io.masumi.node.contracts;

import static io.masumi.node.contracts.PlutusData.bytes;
import static io.masumi.node.contracts.PlutusData.constr;
import static io.masumi.node.contracts.PlutusData.integer;
import static io.masumi.node.contracts.PlutusData.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.contracts.EscrowSpend.OutputDatum;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import scalus.builtin.Data;

/** Data of other shapes than the contract knows, which the typed model of {@link EscrowSpend} cannot express. */
class EscrowScriptShapesTest {

    private static final CompiledScript SCRIPT = EscrowContract.script(Spends.PARAMETERS);
    private static final Data CREDENTIAL = PlutusData.credential(Spends.CONTRACT.payment());

    @ParameterizedTest
    @EnumSource
    void redeemerWithFieldsFails(EscrowRedeemer redeemer) {
        assertRejects(redeemer, constr(redeemer.ordinal(), integer(0)));
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 127, 128, 1_000_000})
    void redeemerWithAnotherIndexFails(long index) {
        for (EscrowRedeemer redeemer : EscrowRedeemer.values()) {
            assertRejects(redeemer, constr(index));
        }
    }

    @Test
    void redeemerThatIsNoConstructorFails() {
        for (EscrowRedeemer redeemer : EscrowRedeemer.values()) {
            assertRejects(redeemer, integer(redeemer.ordinal()));
            assertRejects(redeemer, bytes(""));
            assertRejects(redeemer, list(List.of(constr(redeemer.ordinal()))));
        }
    }

    static Stream<Arguments> purposes() {
        Data reference = PlutusData.outputReference(Spends.ESCROW);
        Data datum = PlutusData.datum(Spends.datum(EscrowState.FundsLocked, ""));
        return Stream.of(Arguments.of("minting", constr(0, bytes(Spends.CONTRACT.payment().hash()))),
                Arguments.of("spending without a datum", constr(1, reference, constr(1))),
                Arguments.of("rewarding", constr(2, CREDENTIAL)),
                Arguments.of("certifying a registration", constr(3, integer(0), constr(0, CREDENTIAL, constr(1)))),
                Arguments.of("certifying a deregistration", constr(3, integer(0), constr(1, CREDENTIAL, constr(1)))),
                Arguments.of("certifying a delegation", constr(3, integer(0), constr(2, CREDENTIAL, constr(2)))),
                Arguments.of("voting", constr(4, constr(1, CREDENTIAL))),
                Arguments.of("proposing", constr(5, integer(0), constr(0, integer(0), CREDENTIAL, constr(6)))),
                Arguments.of("spending of an output that is not an input",
                        constr(1, PlutusData.outputReference(new OutputReference("99".repeat(32), 0)), constr(0, datum))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("purposes")
    void anyOtherPurposeFails(String name, Data purpose) {
        for (EscrowRedeemer redeemer : EscrowRedeemer.values()) {
            EscrowSpend spend = Spends.valid(redeemer);
            assertThat(Vm.accepts(SCRIPT, ScriptContexts.context(spend, PlutusData.redeemer(redeemer), purpose))).isFalse();
        }
    }

    /** Each change makes the datum one that is not an escrow's; the fields named are those that every redeemer depends on. */
    static Stream<Arguments> malformedDatums() {
        return Stream.of(EscrowRedeemer.values()).flatMap(redeemer -> {
            List<Data> fields = fields(PlutusData.datum(Spends.datumOf(Spends.valid(redeemer))));
            List<Data> longer = new ArrayList<>(fields);
            longer.add(integer(0));
            return Stream.of(Arguments.of(redeemer, "another constructor", constr(1, fields)),
                    Arguments.of(redeemer, "fifteen fields", constr(0, fields.subList(0, 15))),
                    Arguments.of(redeemer, "seventeen fields", constr(0, longer)), Arguments.of(redeemer, "no constructor", list(fields)),
                    Arguments.of(redeemer, "state 4", with(fields, 15, constr(4))),
                    Arguments.of(redeemer, "a state with a field", with(fields, 15, constr(tag(fields.get(15)), integer(0)))),
                    Arguments.of(redeemer, "a state that is a number", with(fields, 15, integer(tag(fields.get(15))))),
                    Arguments.of(redeemer, "a result hash that is a number", with(fields, 8, integer(0))));
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("malformedDatums")
    void malformedSpentDatumFails(EscrowRedeemer redeemer, String how, Data datum) {
        EscrowSpend spend = Spends.valid(redeemer);
        Data context = ScriptContexts.context(spend);
        assertThat(Vm.accepts(SCRIPT, context)).isTrue();
        assertThat(Vm.accepts(SCRIPT, ScriptContexts.replace(context, PlutusData.datum(Spends.datumOf(spend)), datum))).isFalse();
    }

    static Stream<Arguments> malformedNextDatums() {
        return Stream.of(EscrowRedeemer.SetRefundRequested, EscrowRedeemer.UnSetRefundRequested, EscrowRedeemer.SubmitResult,
                EscrowRedeemer.AuthorizeRefund).flatMap(redeemer -> {
                    List<Data> fields = fields(next(redeemer));
                    List<Data> longer = new ArrayList<>(fields);
                    longer.add(integer(0));
                    Stream<Arguments> wrongTypes = IntStream.range(0, 16)
                            .mapToObj(field -> Arguments.of(redeemer, "field " + field + " of another type",
                                    constr(2, with(fields, field, list(List.of(fields.get(field)))))));
                    return Stream.concat(wrongTypes,
                            Stream.of(Arguments.of(redeemer, "another constructor", constr(2, constr(1, fields))),
                                    Arguments.of(redeemer, "fifteen fields", constr(2, constr(0, fields.subList(0, 15)))),
                                    Arguments.of(redeemer, "seventeen fields", constr(2, constr(0, longer))),
                                    Arguments.of(redeemer, "no constructor", constr(2, list(fields))),
                                    Arguments.of(redeemer, "a number", constr(2, integer(0))),
                                    Arguments.of(redeemer, "a state with a field",
                                            constr(2, with(fields, 15, constr(tag(fields.get(15)), integer(0))))),
                                    Arguments.of(redeemer, "only its hash", constr(1, bytes("da".repeat(32))))));
                });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("malformedNextDatums")
    void malformedContinuingDatumFails(EscrowRedeemer redeemer, String how, Data outputDatum) {
        Data context = ScriptContexts.context(Spends.valid(redeemer));
        assertThat(Vm.accepts(SCRIPT, context)).isTrue();
        assertThat(Vm.accepts(SCRIPT, ScriptContexts.replace(context, constr(2, next(redeemer)), outputDatum))).isFalse();
    }

    /** A tag of another shape does not fail the spend: the output just does not count. */
    @Test
    void tagOfAnotherShapeDoesNotCountAndDoesNotFail() {
        EscrowSpend spend = Spends.valid(EscrowRedeemer.Withdraw);
        Data tag = constr(2, PlutusData.outputReference(Spends.ESCROW));
        OutputReference other = new OutputReference("09".repeat(32), 9);
        EscrowSpend more = Spends.outputs(spend, outputs -> {
            outputs.addFirst(new EscrowSpend.Output(Spends.FEE, AssetValue.lovelace(1_000_000), new OutputDatum.Tag(other), false));
            return outputs;
        });
        Data otherTag = constr(2, PlutusData.outputReference(other));
        for (Data shape : List.of(constr(2, integer(1)), constr(2, bytes("00")), constr(2, constr(0)), constr(1, bytes("00".repeat(32))),
                constr(2, list(List.of())), constr(2, constr(0, constr(0, bytes(Spends.ESCROW.txHash())), integer(0))))) {
            assertThat(Vm.accepts(SCRIPT, ScriptContexts.replace(ScriptContexts.context(more), otherTag, shape))).isTrue();
            assertThat(Vm.accepts(SCRIPT, ScriptContexts.replace(ScriptContexts.context(spend), tag, shape))).isFalse();
        }
    }

    private static void assertRejects(EscrowRedeemer redeemer, Data other) {
        assertThat(Vm.accepts(SCRIPT, ScriptContexts.context(Spends.valid(redeemer), other))).isFalse();
    }

    private static Data next(EscrowRedeemer redeemer) {
        OutputDatum datum = Spends.valid(redeemer).outputs().getFirst().datum();
        return ScriptContexts.datum(datum).orElseThrow();
    }

    private static List<Data> fields(Data constructor) {
        return ScriptContexts.elements(((Data.Constr) constructor).args());
    }

    private static long tag(Data constructor) {
        return ((Data.Constr) constructor).constr();
    }

    private static Data with(List<Data> fields, int index, Data value) {
        List<Data> changed = new ArrayList<>(fields);
        changed.set(index, value);
        return constr(0, changed);
    }
}
