package io.masumi.node.contracts;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import scala.jdk.javaapi.CollectionConverters;
import scalus.builtin.Data;
import scalus.uplc.Constant;
import scalus.uplc.ProgramFlatCodec;
import scalus.uplc.Term;

/**
 * Reads the parameters back out of a compiled script: they are the data constants of its outermost application, either nested
 * applications or one {@code case} over a {@code constr} of them. This is how a payment source learns its admins, fee and
 * cooldown from the chain, whoever compiled the contract.
 */
public final class ScriptParameters {

    private ScriptParameters() {}

    /**
     * The parameters of an escrow script.
     *
     * @throws IllegalArgumentException if the bytes are no script, or one whose parameters are not those of an escrow
     */
    public static EscrowParameters ofEscrow(CompiledScript script) {
        List<Data> constants = constants(script);
        if (constants.size() != 5) {
            throw new IllegalArgumentException("an escrow script has five parameters, this one " + constants.size());
        }
        return new EscrowParameters(integer("required admins", constants.get(0)).intValueExact(),
                elements("admins", constants.get(1)).stream().map(admin -> bytes("admin", admin)).toList(), address(constants.get(2)),
                integer("fee permille", constants.get(3)).intValueExact(), integer("cooldown", constants.get(4)).longValueExact());
    }

    /**
     * The escrow address that a registry policy is for.
     *
     * @throws IllegalArgumentException if the bytes are no script, or one whose parameter is not that of a registry policy
     */
    public static String escrowAddressOfRegistry(CompiledScript script) {
        List<Data> constants = constants(script);
        if (constants.size() != 1) {
            throw new IllegalArgumentException("a registry policy has one parameter, this one " + constants.size());
        }
        return new String(Hex.bytes(bytes("escrow address", constants.getFirst())), StandardCharsets.UTF_8);
    }

    /** Not a pattern switch: Scala marks its terms as enums, which Java's switch does not take as class patterns. */
    private static List<Data> constants(CompiledScript script) {
        Term term = decode(script.bytes());
        if (term instanceof Term.Case outermost && outermost.arg() instanceof Term.Constr arguments) {
            return CollectionConverters.asJava(arguments.args()).stream().flatMap(argument -> constant(argument).stream()).toList();
        }
        return applied(term);
    }

    private static List<Data> applied(Term term) {
        Deque<Data> constants = new ArrayDeque<>();
        Term rest = term;
        while (rest instanceof Term.Apply application && constant(application.arg()).isPresent()) {
            constants.addFirst(constant(application.arg()).get());
            rest = application.f();
        }
        return List.copyOf(constants);
    }

    private static Optional<Data> constant(Term term) {
        return term instanceof Term.Const constant && constant._1() instanceof Constant.Data data
                ? Optional.of(data.value())
                : Optional.empty();
    }

    private static Term decode(byte[] script) {
        try {
            return ProgramFlatCodec.decodeFlat(unwrapped(script)).term();
        } catch (RuntimeException unreadable) {
            throw new IllegalArgumentException("not a Plutus script", unreadable);
        }
    }

    /** The content of the CBOR byte string. */
    private static byte[] unwrapped(byte[] cbor) {
        int lengthBytes = switch (cbor.length == 0 ? 0 : cbor[0] & 0xff) {
            case 0x58 -> 1;
            case 0x59 -> 2;
            case 0x5a -> 4;
            default -> throw new IllegalArgumentException("not a CBOR byte string of more than 23 bytes");
        };
        int start = 1 + lengthBytes;
        if (cbor.length < start || new BigInteger(1, Arrays.copyOfRange(cbor, 1, start)).longValue() != cbor.length - start) {
            throw new IllegalArgumentException("a CBOR byte string of another length");
        }
        return Arrays.copyOfRange(cbor, start, cbor.length);
    }

    private static PlutusAddress address(Data data) {
        List<Data> fields = fields("fee address", data, 0, 2);
        return new PlutusAddress(credential(fields.get(0)), stake(fields.get(1)));
    }

    private static Optional<Credential> stake(Data data) {
        return data instanceof Data.Constr none && none.constr() == 1 && none.args().isEmpty()
                ? Optional.empty()
                : Optional.of(credential(fields("inline stake credential", fields("stake credential", data, 0, 1).getFirst(), 0, 1)
                        .getFirst()));
    }

    private static Credential credential(Data data) {
        if (data instanceof Data.Constr script && script.constr() == 1) {
            return new Credential.Script(bytes("script hash", fields("credential", data, 1, 1).getFirst()));
        }
        return new Credential.Key(bytes("key hash", fields("credential", data, 0, 1).getFirst()));
    }

    private static List<Data> fields(String what, Data data, long tag, int count) {
        if (data instanceof Data.Constr constr && constr.constr() == tag && constr.args().size() == count) {
            return CollectionConverters.asJava(constr.args());
        }
        throw new IllegalArgumentException("the " + what + " parameter is not what an escrow has: " + data);
    }

    private static List<Data> elements(String what, Data data) {
        if (data instanceof Data.List list) {
            return CollectionConverters.asJava(list.values());
        }
        throw new IllegalArgumentException("the " + what + " parameter is not a list: " + data);
    }

    private static BigInteger integer(String what, Data data) {
        if (data instanceof Data.I number) {
            return number.value().bigInteger();
        }
        throw new IllegalArgumentException("the " + what + " parameter is not a number: " + data);
    }

    private static String bytes(String what, Data data) {
        if (data instanceof Data.B bytes) {
            return Hex.text(bytes.value().bytes());
        }
        throw new IllegalArgumentException("the " + what + " parameter is not bytes: " + data);
    }
}
