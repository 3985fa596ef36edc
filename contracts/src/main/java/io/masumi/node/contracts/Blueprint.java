package io.masumi.node.contracts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The CIP-57 blueprint of both contracts, before parameters. Run {@link #main} after a change to a validator and commit the
 * file; a test fails while it is out of date.
 */
public final class Blueprint {

    private Blueprint() {}

    /**
     * Writes the blueprint.
     *
     * @param arguments the file to write
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("one argument wanted: the file to write, src/main/resources/plutus.json");
        }
        Files.writeString(Path.of(arguments[0]), json());
    }

    /** The blueprint as JSON text, ending in a line feed. */
    public static String json() {
        CompiledScript escrow = EscrowContract.unapplied();
        CompiledScript registry = RegistryPolicy.unapplied();
        return TEMPLATE.replace("@ESCROW_CODE@", escrow.hex()).replace("@ESCROW_HASH@", escrow.hash())
                .replace("@REGISTRY_CODE@", registry.hex()).replace("@REGISTRY_HASH@", registry.hash());
    }

    private static final String TEMPLATE = """
            {
              "$schema": "https://cips.cardano.org/cips/cip57/schemas/plutus-blueprint.json",
              "preamble": {
                "title": "masumi-node/contracts",
                "description": "Escrow between buyer and seller of an agentic service, and the registry of agents",
                "version": "1.0.0",
                "plutusVersion": "v3"
              },
              "validators": [
                {
                  "title": "escrow.spend",
                  "datum": { "title": "datum", "schema": { "$ref": "#/definitions/EscrowDatum" } },
                  "redeemer": { "title": "redeemer", "schema": { "$ref": "#/definitions/EscrowRedeemer" } },
                  "parameters": [
                    { "title": "required_admins_multi_sig", "schema": { "$ref": "#/definitions/Int" } },
                    { "title": "admin_vks", "schema": { "$ref": "#/definitions/KeyHashes" } },
                    { "title": "fee_address", "schema": { "$ref": "#/definitions/Address" } },
                    { "title": "fee_permille", "schema": { "$ref": "#/definitions/Int" } },
                    { "title": "cooldown_period", "description": "milliseconds", "schema": { "$ref": "#/definitions/Int" } }
                  ],
                  "compiledCode": "@ESCROW_CODE@",
                  "hash": "@ESCROW_HASH@"
                },
                {
                  "title": "registry.mint",
                  "redeemer": { "title": "redeemer", "schema": { "$ref": "#/definitions/RegistryRedeemer" } },
                  "parameters": [
                    {
                      "title": "escrow_address",
                      "description": "UTF-8 bytes of the escrow contract's address in bech32",
                      "schema": { "$ref": "#/definitions/Bytes" }
                    }
                  ],
                  "compiledCode": "@REGISTRY_CODE@",
                  "hash": "@REGISTRY_HASH@"
                }
              ],
              "definitions": {
                "Int": { "dataType": "integer" },
                "Bytes": { "dataType": "bytes" },
                "KeyHashes": { "dataType": "list", "items": { "$ref": "#/definitions/Bytes" } },
                "Credential": {
                  "title": "Credential",
                  "anyOf": [
                    {
                      "title": "VerificationKey", "dataType": "constructor", "index": 0,
                      "fields": [ { "$ref": "#/definitions/Bytes" } ]
                    },
                    { "title": "Script", "dataType": "constructor", "index": 1, "fields": [ { "$ref": "#/definitions/Bytes" } ] }
                  ]
                },
                "StakeCredential": {
                  "title": "StakeCredential",
                  "anyOf": [
                    { "title": "Inline", "dataType": "constructor", "index": 0, "fields": [ { "$ref": "#/definitions/Credential" } ] }
                  ]
                },
                "OptionalStakeCredential": {
                  "title": "Optional",
                  "anyOf": [
                    {
                      "title": "Some", "dataType": "constructor", "index": 0,
                      "fields": [ { "$ref": "#/definitions/StakeCredential" } ]
                    },
                    { "title": "None", "dataType": "constructor", "index": 1, "fields": [] }
                  ]
                },
                "Address": {
                  "title": "Address",
                  "anyOf": [
                    {
                      "title": "Address", "dataType": "constructor", "index": 0,
                      "fields": [
                        { "title": "payment_credential", "$ref": "#/definitions/Credential" },
                        { "title": "stake_credential", "$ref": "#/definitions/OptionalStakeCredential" }
                      ]
                    }
                  ]
                },
                "EscrowState": {
                  "title": "EscrowState",
                  "anyOf": [
                    { "title": "FundsLocked", "dataType": "constructor", "index": 0, "fields": [] },
                    { "title": "ResultSubmitted", "dataType": "constructor", "index": 1, "fields": [] },
                    { "title": "RefundRequested", "dataType": "constructor", "index": 2, "fields": [] },
                    { "title": "Disputed", "dataType": "constructor", "index": 3, "fields": [] }
                  ]
                },
                "EscrowDatum": {
                  "title": "EscrowDatum",
                  "description": "Times are Unix milliseconds",
                  "anyOf": [
                    {
                      "title": "EscrowDatum", "dataType": "constructor", "index": 0,
                      "fields": [
                        { "title": "buyer", "$ref": "#/definitions/Address" },
                        { "title": "seller", "$ref": "#/definitions/Address" },
                        { "title": "reference_key", "$ref": "#/definitions/Bytes" },
                        { "title": "reference_signature", "$ref": "#/definitions/Bytes" },
                        { "title": "seller_nonce", "$ref": "#/definitions/Bytes" },
                        { "title": "buyer_nonce", "$ref": "#/definitions/Bytes" },
                        { "title": "collateral_return_lovelace", "$ref": "#/definitions/Int" },
                        { "title": "input_hash", "$ref": "#/definitions/Bytes" },
                        { "title": "result_hash", "$ref": "#/definitions/Bytes" },
                        { "title": "pay_by_time", "$ref": "#/definitions/Int" },
                        { "title": "submit_result_time", "$ref": "#/definitions/Int" },
                        { "title": "unlock_time", "$ref": "#/definitions/Int" },
                        { "title": "external_dispute_unlock_time", "$ref": "#/definitions/Int" },
                        { "title": "seller_cooldown_time", "$ref": "#/definitions/Int" },
                        { "title": "buyer_cooldown_time", "$ref": "#/definitions/Int" },
                        { "title": "state", "$ref": "#/definitions/EscrowState" }
                      ]
                    }
                  ]
                },
                "EscrowRedeemer": {
                  "title": "EscrowRedeemer",
                  "anyOf": [
                    { "title": "Withdraw", "dataType": "constructor", "index": 0, "fields": [] },
                    { "title": "SetRefundRequested", "dataType": "constructor", "index": 1, "fields": [] },
                    { "title": "UnSetRefundRequested", "dataType": "constructor", "index": 2, "fields": [] },
                    { "title": "WithdrawRefund", "dataType": "constructor", "index": 3, "fields": [] },
                    { "title": "WithdrawDisputed", "dataType": "constructor", "index": 4, "fields": [] },
                    { "title": "SubmitResult", "dataType": "constructor", "index": 5, "fields": [] },
                    { "title": "AuthorizeRefund", "dataType": "constructor", "index": 6, "fields": [] }
                  ]
                },
                "RegistryRedeemer": {
                  "title": "RegistryRedeemer",
                  "anyOf": [
                    { "title": "Mint", "dataType": "constructor", "index": 0, "fields": [] },
                    { "title": "Burn", "dataType": "constructor", "index": 1, "fields": [] }
                  ]
                }
              }
            }
            """;
}
