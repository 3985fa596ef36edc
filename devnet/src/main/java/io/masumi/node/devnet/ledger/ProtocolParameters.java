package io.masumi.node.devnet.ledger;

import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import com.bloxbean.cardano.client.plutus.spec.CostMdls;
import com.bloxbean.cardano.client.plutus.spec.CostModel;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The protocol parameters that the ledger's rules read. Amounts are lovelace, sizes bytes.
 *
 * @param costModels names and costs per language, in the ledger's order
 */
public record ProtocolParameters(Fees fees, Prices prices, Limits transaction, Limits block, Collateral collateral,
        BigInteger coinsPerUtxoByte, int maxValueSize, BigInteger keyDeposit, Version version,
        Map<ScriptLanguage, Map<String, Long>> costModels) {

    /**
     * What a transaction pays besides the execution of scripts.
     *
     * @param perByte min_fee_a
     * @param constant min_fee_b
     * @param perReferenceScriptByte of the first tier
     */
    public record Fees(int perByte, int constant, BigDecimal perReferenceScriptByte) {}

    /** What a unit of execution costs. */
    public record Prices(BigDecimal memory, BigDecimal step) {

        /** Lovelace, rounded up. */
        public BigInteger of(BigInteger memoryUnits, BigInteger steps) {
            return memory.multiply(new BigDecimal(memoryUnits)).add(step.multiply(new BigDecimal(steps))).setScale(0, RoundingMode.CEILING)
                    .toBigInteger();
        }
    }

    /** What one transaction, or one block, may hold and use at most. */
    public record Limits(int size, BigInteger memory, BigInteger steps) {

        public boolean allow(ExUnits units) {
            return units.getMem().compareTo(memory) <= 0 && units.getSteps().compareTo(steps) <= 0;
        }
    }

    /** @param percent of the fee */
    public record Collateral(int percent, int maxInputs) {}

    public record Version(int major, int minor) {}

    /** A reference script's price grows by {@link #REFERENCE_SCRIPT_MULTIPLIER} for each further slice of this many bytes. */
    public static final int REFERENCE_SCRIPT_TIER = 25_600;
    public static final BigDecimal REFERENCE_SCRIPT_MULTIPLIER = new BigDecimal("1.2");
    /** Constants of the Conway era, no parameters. */
    public static final int MAX_REFERENCE_SCRIPTS_PER_TRANSACTION = 200 * 1024;
    public static final int MAX_REFERENCE_SCRIPTS_PER_BLOCK = 1024 * 1024;

    /** The version that the network runs since autumn 2026. */
    public static final int NEWEST_PROTOCOL = 11;
    /** How many costs of Plutus V3 a chain says at protocol version 10; version 11 goes on with those of its new builtins. */
    private static final int PLUTUS_V3_COSTS_AT_10 = 297;

    /** The values of Preprod at the newest protocol version. */
    public static ProtocolParameters preprod() {
        return preprod(NEWEST_PROTOCOL);
    }

    /** The values of Preprod at a protocol version. @param protocolMajor 10 or 11 */
    public static ProtocolParameters preprod(int protocolMajor) {
        if (protocolMajor != NEWEST_PROTOCOL && protocolMajor != NEWEST_PROTOCOL - 1) {
            throw new IllegalArgumentException("only the protocol versions 10 and 11 are known, not " + protocolMajor);
        }
        Map<ScriptLanguage, Map<String, Long>> models = bundledCostModels();
        if (protocolMajor < NEWEST_PROTOCOL) {
            models.computeIfPresent(ScriptLanguage.PLUTUS_V3, (_, costs) -> first(PLUTUS_V3_COSTS_AT_10, costs));
        }
        return new ProtocolParameters(new Fees(44, 155_381, new BigDecimal("15")),
                new Prices(new BigDecimal("0.0577"), new BigDecimal("0.0000721")),
                new Limits(16_384, BigInteger.valueOf(14_000_000L), BigInteger.valueOf(10_000_000_000L)),
                new Limits(90_112, BigInteger.valueOf(62_000_000L), BigInteger.valueOf(20_000_000_000L)), new Collateral(150, 3),
                BigInteger.valueOf(4310), 5000, BigInteger.valueOf(2_000_000L), new Version(protocolMajor, 0), models);
    }

    private static Map<String, Long> first(int count, Map<String, Long> costs) {
        Map<String, Long> kept = new LinkedHashMap<>();
        costs.entrySet().stream().limit(count).forEach(cost -> kept.put(cost.getKey(), cost.getValue()));
        return kept;
    }

    /** The cost models of the given languages, as script data hashes and the Plutus machine want them. */
    public CostMdls costModels(Collection<ScriptLanguage> languages) {
        CostMdls models = new CostMdls();
        for (ScriptLanguage language : languages) {
            long[] costs = costModels.get(language).values().stream().mapToLong(Long::longValue).toArray();
            models.add(new CostModel(language.plutusLanguage(), costs));
        }
        return models;
    }

    private static Map<ScriptLanguage, Map<String, Long>> bundledCostModels() {
        try (InputStream json = ProtocolParameters.class.getResourceAsStream("/io/masumi/node/devnet/cost-models.json")) {
            LinkedHashMap<String, LinkedHashMap<String, Long>> named = new ObjectMapper().readValue(json,
                    new TypeReference<LinkedHashMap<String, LinkedHashMap<String, Long>>>() {
                    });
            EnumMap<ScriptLanguage, Map<String, Long>> models = new EnumMap<>(ScriptLanguage.class);
            models.put(ScriptLanguage.PLUTUS_V1, named.get("PlutusV1"));
            models.put(ScriptLanguage.PLUTUS_V2, named.get("PlutusV2"));
            models.put(ScriptLanguage.PLUTUS_V3, named.get("PlutusV3"));
            return models;
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled cost models cannot be read", e);
        }
    }
}
