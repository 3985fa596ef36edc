package io.masumi.node.gateway.sale;

import static org.awaitility.Awaitility.await;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.common.cbor.CborSerializationUtil;
import com.bloxbean.cardano.client.crypto.config.CryptoConfiguration;
import com.bloxbean.cardano.client.exception.CborSerializationException;
import com.bloxbean.cardano.client.transaction.spec.TransactionWitnessSet;
import com.bloxbean.cardano.client.transaction.spec.VkeyWitness;
import io.masumi.node.gateway.HttpProbe;
import co.nstant.in.cbor.CborException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What admins do about a dispute over a node's HTTP API, with keys that the node does not hold. */
final class DisputeDeskClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SaleClient client;

    /** @param client of the node whose dispute desk is used */
    DisputeDeskClient(SaleClient client) {
        this.client = client;
    }

    /** The dispute about this escrow, as the chain shows it. */
    JsonNode dispute(String blockchainIdentifier) {
        return StreamSupport
                .stream(SaleClient.ok(client.get("/disputes?network=Preprod&limit=100", client.adminKey())).path("Disputes").spliterator(),
                        false)
                .filter(each -> each.path("blockchainIdentifier").asString("").equals(blockchainIdentifier)).findFirst().orElseThrow();
    }

    /** Lovelace for each; together all that the escrow holds. */
    HttpProbe.Answer split(JsonNode dispute, long forSeller, long forBuyer, List<String> adminVkeys) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("network", "Preprod");
        body.put("escrowTxHash", dispute.at("/Escrow/txHash").asString());
        body.put("escrowOutputIndex", dispute.at("/Escrow/outputIndex").asInt());
        body.put("outcome", "Split");
        body.put("SellerFunds", List.of(Map.of("unit", "", "amount", Long.toString(forSeller))));
        body.put("BuyerFunds", List.of(Map.of("unit", "", "amount", Long.toString(forBuyer))));
        body.put("adminVkeys", adminVkeys);
        return client.post("/disputes/withdrawal", body, client.adminKey());
    }

    /** As a tool that signs hashes does it. */
    HttpProbe.Answer signHash(JsonNode withdrawal, Account admin) {
        VkeyWitness witness = witness(withdrawal, admin);
        return client.post("/disputes/withdrawal/signature", Map.of("id", withdrawal.path("id").asString(),
                "publicKey", HexFormat.of().formatHex(witness.getVkey()), "signature", HexFormat.of().formatHex(witness.getSignature())),
                client.adminKey());
    }

    /** As a wallet in a browser answers signTx (CIP-30). */
    HttpProbe.Answer signInWallet(JsonNode withdrawal, Account admin) {
        TransactionWitnessSet witnesses = TransactionWitnessSet.builder().vkeyWitnesses(List.of(witness(withdrawal, admin))).build();
        try {
            return client.post("/disputes/withdrawal/signature", Map.of("id", withdrawal.path("id").asString(),
                    "witnessSet", HexFormat.of().formatHex(CborSerializationUtil.serialize(witnesses.serialize()))), client.adminKey());
        } catch (CborSerializationException | CborException e) {
            throw new IllegalStateException(e);
        }
    }

    private static VkeyWitness witness(JsonNode withdrawal, Account admin) {
        byte[] hash = HexFormat.of().parseHex(withdrawal.path("txHash").asString());
        return new VkeyWitness(admin.publicKeyBytes(), CryptoConfiguration.INSTANCE.getSigningProvider()
                .signExtended(hash, admin.privateKeyBytes()));
    }

    JsonNode awaitWithdrawal(JsonNode withdrawal, String status) {
        return await(status).atMost(PATIENCE).until(
                () -> SaleClient.ok(client.get("/disputes/withdrawal?id=" + withdrawal.path("id").asString(), client.adminKey())),
                each -> each.path("status").asString().equals(status));
    }
}
