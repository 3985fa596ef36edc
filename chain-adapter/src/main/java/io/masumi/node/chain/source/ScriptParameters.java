package io.masumi.node.chain.source;

import com.bloxbean.cardano.client.plutus.spec.BigIntPlutusData;
import com.bloxbean.cardano.client.plutus.spec.BytesPlutusData;
import com.bloxbean.cardano.client.plutus.spec.ListPlutusData;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.escrow.Network;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import scala.jdk.javaapi.CollectionConverters;
import scalus.bloxbean.Interop$;
import scalus.builtin.Data;
import scalus.uplc.Constant;
import scalus.uplc.ProgramFlatCodec;
import scalus.uplc.Term;

/**
 * Reads the parameters back out of a script, whoever compiled it: they are the data constants of its outermost application,
 * either nested applications or one {@code case} over a {@code constr} of them (docs/contracts.md, "Contracts of
 * others"). The bytes are a stranger's, so whatever they drive the decoder to, the answer is an
 * {@link IllegalArgumentException} in words for an operator.
 */
final class ScriptParameters {

    private static final int ESCROW_PARAMETERS = 5;
    private static final int KEY_HASH_BYTES = 28;
    private static final int WHOLE_PERMILLE = 1000;
    /** More than any deployment needs; each admin costs every dispute budget. */
    private static final int MAX_ADMINS = 50;

    private ScriptParameters() {}

    /**
     * What an escrow script was compiled with.
     *
     * @param adminKeyHashes hex, in the script's order; one that is there twice counts twice
     * @param cooldownTime ms
     */
    record Escrow(int requiredAdminSignatures, List<String> adminKeyHashes, ShelleyAddress feeAddress, int feeRatePermille,
            long cooldownTime) {}

    /**
     * The parameters of an escrow script.
     *
     * @param script as the ledger hashes it
     * @param network of the fee address, which a script does not say
     * @throws IllegalArgumentException if it is no such script, or one under which money could be stuck
     */
    static Escrow escrow(byte[] script, Network network) {
        return guarded(() -> {
            List<PlutusData> parameters = constants(script);
            if (parameters.size() != ESCROW_PARAMETERS) {
                throw new IllegalArgumentException("an escrow has " + ESCROW_PARAMETERS + " parameters, it has " + parameters.size());
            }
            List<String> admins = admins(parameters.get(1));
            return new Escrow(number("required admins", parameters.get(0), 1, admins.size()), admins,
                    ShelleyAddress.fromPlutusData(parameters.get(2), network)
                            .orElseThrow(() -> new IllegalArgumentException("the fee address is not an address")),
                    number("fee permille", parameters.get(3), 0, WHOLE_PERMILLE),
                    number("cooldown", parameters.get(4), 0, Integer.MAX_VALUE));
        });
    }

    /**
     * The escrow address, bech32, that a registry policy is for.
     *
     * @param script as the ledger hashes it
     * @throws IllegalArgumentException if it is no such script
     */
    static String registry(byte[] script) {
        return guarded(() -> {
            List<PlutusData> parameters = constants(script);
            if (parameters.size() != 1 || !(parameters.getFirst() instanceof BytesPlutusData address)) {
                throw new IllegalArgumentException("a registry policy has one parameter, the escrow's address");
            }
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(address.getValue())).toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("a registry policy's parameter is a text", e);
            }
        });
    }

    /**
     * A decoder that recurses over a stranger's bytes can end in these errors, and the node must go on. Scala's methods throw checked
     * exceptions without saying so.
     */
    private static <T> T guarded(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError e) {
            throw new IllegalArgumentException("it cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    /** Not a pattern switch: Scala marks its terms as enums, which Java's switch does not take as class patterns. */
    private static List<PlutusData> constants(byte[] script) {
        byte[] flat = ScriptBytes.unwrapped(script).orElseThrow(() -> new IllegalArgumentException("it is not a Plutus script"));
        Term term = ProgramFlatCodec.decodeFlat(flat).term();
        if (term instanceof Term.Case outermost && outermost.arg() instanceof Term.Constr arguments) {
            return CollectionConverters.asJava(arguments.args()).stream().flatMap(argument -> constant(argument).stream())
                    .map(Interop$.MODULE$::toPlutusData).toList();
        }
        Deque<PlutusData> constants = new ArrayDeque<>();
        while (term instanceof Term.Apply application) {
            Optional<Data> parameter = constant(application.arg());
            if (parameter.isEmpty()) {
                break;
            }
            constants.addFirst(Interop$.MODULE$.toPlutusData(parameter.get()));
            term = application.f();
        }
        return List.copyOf(constants);
    }

    private static Optional<Data> constant(Term term) {
        return term instanceof Term.Const constant && constant._1() instanceof Constant.Data data
                ? Optional.of(data.value())
                : Optional.empty();
    }

    private static List<String> admins(PlutusData data) {
        if (!(data instanceof ListPlutusData list)) {
            throw new IllegalArgumentException("the admins are not a list");
        }
        if (list.getPlutusDataList().size() > MAX_ADMINS) {
            throw new IllegalArgumentException("it has more than " + MAX_ADMINS + " admins");
        }
        return list.getPlutusDataList().stream().map(admin -> {
            if (admin instanceof BytesPlutusData hash && hash.getValue().length == KEY_HASH_BYTES) {
                return HexFormat.of().formatHex(hash.getValue());
            }
            throw new IllegalArgumentException("an admin is not a key hash of " + KEY_HASH_BYTES + " bytes");
        }).toList();
    }

    private static int number(String what, PlutusData data, int least, int most) {
        if (!(data instanceof BigIntPlutusData number)) {
            throw new IllegalArgumentException("the " + what + " is not a number");
        }
        BigInteger value = number.getValue();
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            String shown = value.bitLength() < Long.SIZE ? value.toString() : "out of all bounds";
            throw new IllegalArgumentException("the " + what + " is " + shown + ", not " + least + " to " + most);
        }
        return value.intValueExact();
    }
}
