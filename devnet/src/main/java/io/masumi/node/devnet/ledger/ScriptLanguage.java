package io.masumi.node.devnet.ledger;

import com.bloxbean.cardano.client.plutus.spec.Language;

/** Script languages in the order of their tags: the tag prefixes the bytes that a script hash covers. */
public enum ScriptLanguage {
    NATIVE("timelock"),
    PLUTUS_V1("plutusV1"),
    PLUTUS_V2("plutusV2"),
    PLUTUS_V3("plutusV3");

    private final String blockfrostName;

    ScriptLanguage(String blockfrostName) {
        this.blockfrostName = blockfrostName;
    }

    public String blockfrostName() {
        return blockfrostName;
    }

    public boolean isPlutus() {
        return this != NATIVE;
    }

    /** The same language as cardano-client-lib names it, for cost models. */
    public Language plutusLanguage() {
        return switch (this) {
            case NATIVE -> throw new IllegalArgumentException("native scripts have no cost model");
            case PLUTUS_V1 -> Language.PLUTUS_V1;
            case PLUTUS_V2 -> Language.PLUTUS_V2;
            case PLUTUS_V3 -> Language.PLUTUS_V3;
        };
    }
}
