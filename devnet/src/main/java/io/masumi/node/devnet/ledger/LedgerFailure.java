package io.masumi.node.devnet.ledger;

/**
 * Why a transaction is refused. The names are those of a real node's failures where it has one for the rule, so that a
 * client recognises them in the text of a refusal from either.
 */
public enum LedgerFailure {
    DecoderFailure("the bytes are not a Conway-era transaction"),
    UnsupportedByDevelopmentNetwork(
            "the transaction uses a part of the ledger that the development network does not have"),
    ConwayMempoolFailure(
            "All inputs are spent. Transaction has probably already been included"),
    BadInputsUTxO(
            "an input does not exist or is spent"),
    InputSetEmptyUTxO("there is no input"),
    BabbageNonDisjointRefInputs(
            "an output is both spent and referred to"),
    ValueNotConservedUTxO(
            "what goes in and is minted differs from what comes out, is burnt and is paid as fee"),
    FeeTooSmallUTxO(
            "the fee is below the minimum"),
    MaxTxSizeUTxO(
            "the transaction is too large"),
    ExUnitsTooBigUTxO(
            "the declared execution units exceed what one transaction may use"),
    ConwayTxRefScriptsSizeTooBig(
            "the reference scripts are too large together"),
    BabbageOutputTooSmallUTxO(
            "an output holds less lovelace than its size needs"),
    OutputTooBigUTxO(
            "the value of an output is too large"),
    OutsideValidityIntervalUTxO(
            "the current slot is outside the validity interval"),
    OutsideForecast(
            "the validity interval ends too far ahead for its time to be known to scripts"),
    WrongNetwork(
            "an output's address belongs to another network"),
    WrongNetworkInTxBody(
            "the body names another network"),
    InvalidWitnessesUTXOW(
            "a signature does not verify"),
    MissingVKeyWitnessesUTXOW(
            "a needed signature is missing"),
    MissingScriptWitnessesUTXOW(
            "a needed script is missing"),
    ExtraneousScriptWitnessesUTXOW(
            "a script is given that nothing needs"),
    ScriptWitnessNotValidatingUTXOW(
            "a native script does not agree"),
    MalformedScriptWitnesses(
            "a script in the witness set is not well-formed"),
    MalformedReferenceScripts(
            "a reference script in an output is not well-formed"),
    MissingRedeemers(
            "a script has no redeemer"),
    ExtraRedeemers(
            "a redeemer belongs to no script"),
    UnspendableUTxONoDatumHash(
            "an input under a Plutus V1 or V2 script has no datum"),
    MissingRequiredDatums(
            "the datum for an input's datum hash is not given"),
    NotAllowedSupplementalDatums(
            "a datum is given that no input or output names"),
    PPViewHashesDontMatch(
            "the script data hash does not fit redeemers, datums and cost models"),
    BadTranslation(
            "a Plutus script cannot be shown this transaction"),
    NoCollateralInputs(
            "scripts run but there is no collateral"),
    TooManyCollateralInputs(
            "there are too many collateral inputs"),
    ScriptsNotPaidUTxO(
            "a collateral input is not under a key"),
    CollateralContainsNonADA(
            "the collateral holds assets that are not returned"),
    InsufficientCollateral(
            "the collateral is too small for the fee"),
    IncorrectTotalCollateralField(
            "the stated total collateral is not the collateral"),
    MissingTxBodyMetadataHash(
            "there is auxiliary data but no hash of it in the body"),
    MissingTxMetadata(
            "the body has a hash of auxiliary data but there is none"),
    ConflictingMetadataHash(
            "the hash in the body is not the auxiliary data's"),
    InvalidMetadata(
            "a metadata text or byte string is longer than 64 bytes"),
    ValidationTagMismatch(
            "the scripts' outcome differs from what the transaction claims");

    private final String meaning;

    LedgerFailure(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
