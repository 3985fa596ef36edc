package io.masumi.node.chain.source;

import io.masumi.node.cbor.CborWriter;
import io.masumi.node.contracts.CompiledScript;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import scala.jdk.javaapi.CollectionConverters;
import scalus.uplc.DeBruijnedProgram;
import scalus.uplc.DefaultFun$;
import scalus.uplc.ProgramFlatCodec;
import scalus.uplc.Term;

/** Our contracts as another compiler would have left them. */
final class Compiled {

    private Compiled() {}

    /**
     * The same contract with its parameters as the deployed escrow has them: among the arguments of one {@code case} over a
     * {@code constr}, after a forced builtin that the script takes as a further argument.
     */
    static CompiledScript inOneCase(CompiledScript applied, int parameters) {
        DeBruijnedProgram program = ProgramFlatCodec.decodeFlat(ScriptBytes.unwrapped(applied.bytes()).orElseThrow());
        Deque<Term> arguments = new ArrayDeque<>();
        Term body = program.term();
        for (int i = 0; i < parameters; i++) {
            Term.Apply application = (Term.Apply) body;
            arguments.addFirst(application.arg());
            body = application.f();
        }
        arguments.addFirst(Term.Force.apply(Term.Builtin.apply(DefaultFun$.ChooseData)));
        Term whole = Term.Case.apply(Term.Constr.apply(0, scalaList(List.copyOf(arguments))),
                scalaList(List.of(Term.LamAbs.apply("chooseData", body))));
        return CompiledScript
                .ofBytes(CborWriter.byteString(ProgramFlatCodec.encodeFlat(DeBruijnedProgram.apply(program.version(), whole))));
    }

    private static scala.collection.immutable.List<Term> scalaList(List<Term> terms) {
        return CollectionConverters.asScala(terms).toList();
    }
}
