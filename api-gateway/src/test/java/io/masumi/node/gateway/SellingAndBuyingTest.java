package io.masumi.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.gateway.HttpProbe.Answer;
import io.masumi.node.gateway.node.NodeOptions;
import io.masumi.node.gateway.node.RunningNode;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.testing.TestPostgres;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What sellers and buyers are told, on the whole node with its development network. */
@Tag("slow")
class SellingAndBuyingTest {

    /** For one purchase at 1 ADA, for which 6 ADA are held until it is known what it costs, but not for a second one beside it. */
    private static final String GRANTED = "7000000";
    private static final String PURCHASER = "00112233445566778899";

    @TempDir
    static Path scratch;

    private static RunningNode node;
    private static HttpProbe http;
    private static String admin;
    private static String sellerVkey;
    private static String agentIdentifier;

    @BeforeAll
    static void registerAnAgent() {
        node = RunningNode.start(new NodeOptions(Optional.of(0), scratch.resolve("data"), Map.of()),
                Map.of("masumi.database.url", TestPostgres.newDatabase()));
        http = new HttpProbe(node.port());
        admin = node.newAdminKey().orElseThrow();
        JsonNode wallet = http.get("/api/v1/wallet/list?walletType=Selling", admin).data().path("Wallets").get(0);
        sellerVkey = wallet.path("walletVkey").asString();
        agentIdentifier = register(AccessTest.registration("Preprod"));
    }

    private static String register(String agent) {
        Answer registered = http.post("/api/v1/registry", agent.replace("a".repeat(56), sellerVkey), admin);
        assertThat(registered.status()).as(registered.text()).isEqualTo(200);
        assertThat(registered.data().path("state").asString()).startsWith("Registration");
        return Awaitility.await().atMost(Duration.ofSeconds(30)).until(
                () -> http.get("/api/v1/registry?network=Preprod&limit=1", admin).data().path("Assets").get(0),
                entry -> entry.path("state").asString().equals("RegistrationConfirmed")).path("agentIdentifier").asString();
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void showsTheAgentAsTheChainHasIt() {
        Answer agent = http.get("/api/v1/registry/agent-identifier?network=Preprod&agentIdentifier=" + agentIdentifier, admin);
        assertThat(agent.status()).as(agent.text()).isEqualTo(200);
        assertThat(agent.data().path("policyId").asString() + agent.data().path("assetName").asString()).isEqualTo(agentIdentifier);
        assertThat(agent.data().at("/Metadata/AgentPricing/Pricing/0/amount").asString()).isEqualTo("1000000");
        Answer nobody = http.get("/api/v1/registry/agent-identifier?network=Preprod&agentIdentifier=" + "a".repeat(120), admin);
        assertThat(nobody.status()).isEqualTo(404);
    }

    @Test
    void showsAPaymentInItsOwnReplyAndInEveryReadAfterIt() {
        Answer created = http.post("/api/v1/payment", payment(""), admin);
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        String id = created.data().path("id").asString();
        assertThat(http.get("/api/v1/payment?network=Preprod&limit=1", admin).data().at("/Payments/0/id").asString()).isEqualTo(id);
        Answer resolved = http.post("/api/v1/payment/resolve-blockchain-identifier", identifier(created), admin);
        assertThat(resolved.data().path("id").asString()).isEqualTo(id);
        String elsewhere = identifier(created).replace("}", ",\"filterSmartContractAddress\":\"addr_test1elsewhere\"}");
        assertThat(http.post("/api/v1/payment/resolve-blockchain-identifier", elsewhere, admin).status()).isEqualTo(404);
    }

    @Test
    void refusesTermsThatBreakARule() {
        Answer named = http.post("/api/v1/payment", payment(",\"RequestedFunds\":[{\"unit\":\"\",\"amount\":\"5\"}]"), admin);
        assertThat(named.status()).as(named.text()).isEqualTo(400);
        Answer late = http.post("/api/v1/payment", payment(",\"unlockTime\":\"" + Instant.now() + "\""), admin);
        assertThat(late.status()).isEqualTo(400);
        assertThat(late.error()).contains("unlockTime");
    }

    @Test
    void letsOnlyTheCreatorOrAnAdminActOnARecord() {
        Answer created = http.post("/api/v1/payment", payment(""), key("false", "0"));
        String stranger = key("false", "0");
        String body = identifier(created).replace("}", ",\"submitResultHash\":\"" + "0".repeat(64) + "\"}");
        assertThat(http.post("/api/v1/payment/submit-result", body, stranger).status()).isEqualTo(403);
        Answer tooEarly = http.post("/api/v1/payment/submit-result", body, admin);
        assertThat(tooEarly.status()).as(tooEarly.text()).isEqualTo(404);
    }

    /** Of a newer process on the same database, for example. */
    @Test
    void setsARecordAsideOfWhichItDoesNotKnowAnEvent() {
        Answer created = http.post("/api/v1/payment", payment(""), admin);
        String id = created.data().path("id").asString();
        node.context().getBean(JdbcClient.class).sql("INSERT INTO domainevententry (aggregateidentifier, sequencenumber, type,"
                + " eventidentifier, metadata, payload, payloadrevision, payloadtype, timestamp) SELECT aggregateidentifier, 1, type,"
                + " 'unknown to all', metadata, payload, '1', 'masumi.payment.Insured', timestamp FROM domainevententry"
                + " WHERE aggregateidentifier = ?").param(id).update();

        JsonNode entries = Awaitility.await().until(() -> setAsideOf(id), found -> found.size() == 2);
        assertThat(entries.findValuesAsString("processor")).containsExactlyInAnyOrder("payment-view", "payment-saga");
        assertThat(entries.findValuesAsString("eventName")).containsOnly("masumi.payment.Insured");
        assertThat(http.get("/api/v1/health", null).text()).contains("masumi.payment.Insured", id);
        assertThat(http.post("/api/v1/payment", payment(""), admin).status()).as("others are sold").isEqualTo(200);

        node.context().getBean(Cache.class).removeAll();
        Answer refused = http.post("/api/v1/payment/authorize-refund", identifier(created), admin);
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.error()).contains("This version of the node cannot read", "masumi.payment.Insured");
        Answer ordered = http.post("/api/v1/projections/set-aside/retry", "{\"aggregateId\":\"" + id + "\"}", admin);
        assertThat(ordered.data().path("ordered").asInt()).isEqualTo(2);
    }

    private static JsonNode setAsideOf(String id) {
        JsonNode all = http.get("/api/v1/projections/set-aside", admin).data().path("SetAside");
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        all.forEach(entry -> {
            if (entry.path("aggregateId").asString().equals(id)) {
                found.add(entry);
            }
        });
        return found;
    }

    @Test
    void buysWhatWasOfferedOnceAndTakesTheCreditsOnce() {
        Answer offer = http.post("/api/v1/payment", payment(""), admin);
        String buyer = key("true", GRANTED);
        Answer forged = http.post("/api/v1/purchase", purchase(offer).replace("\"inputHash\":\"00", "\"inputHash\":\"11"), buyer);
        assertThat(forged.status()).as(forged.text()).isEqualTo(400);
        Answer otherSeller = http.post("/api/v1/purchase", purchase(offer).replace(sellerVkey, "b".repeat(56)), buyer);
        assertThat(otherSeller.error()).contains("sellerVkey");
        assertThat(credits(buyer)).isEqualTo(GRANTED);

        Answer poor = http.post("/api/v1/purchase", purchase(offer), key("true", "5999999"));
        assertThat(poor.status()).as(poor.text()).isEqualTo(400);
        assertThat(poor.error()).as("price, collateral return and fee").contains("credits", "6000000 lovelace", "1 lovelace are missing");

        String wrongPrice = purchase(offer).replaceFirst("}$", ",\"Amounts\":[{\"unit\":\"\",\"amount\":\"7\"}]}");
        Answer refused = http.post("/api/v1/purchase", wrongPrice, buyer);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        Awaitility.await().untilAsserted(() -> assertThat(credits(buyer)).as("given back").isEqualTo(GRANTED));

        Answer bought = http.post("/api/v1/purchase", purchase(offer), buyer);
        assertThat(bought.status()).as(bought.text()).isEqualTo(200);
        assertThat(bought.data().at("/NextAction/requestedAction").asString()).startsWith("FundsLocking");
        Answer again = http.post("/api/v1/purchase", purchase(offer), buyer);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("id").asString()).isEqualTo(bought.data().path("id").asString());
        assertThat(again.json().at("/object/blockchainIdentifier").asString()).isEqualTo(
                bought.data().path("blockchainIdentifier").asString());
        awaitCreditsLessWhatItCost(buyer, GRANTED, bought);
    }

    @Test
    void saysThatTheAmountsOfAFreelyPricedAgentAreMissing() {
        String dynamic = register(
                AccessTest.registration("Preprod").replaceFirst("\"AgentPricing\".*", "\"AgentPricing\":{\"pricingType\":\"Dynamic\"}}"));
        String unpriced = payment("").replace(agentIdentifier, dynamic);
        assertThat(http.post("/api/v1/payment", unpriced, admin).error()).contains("RequestedFunds is missing");
        Answer offer = http.post("/api/v1/payment",
                unpriced.replaceFirst("}$", ",\"RequestedFunds\":[{\"unit\":\"\",\"amount\":\"2000000\"}]}"),
                admin);
        String unpaid = purchase(offer).replace(agentIdentifier, dynamic);
        Answer refused = http.post("/api/v1/purchase", unpaid, admin);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.error()).contains("Amounts is missing");
        Answer bought = http.post("/api/v1/purchase",
                unpaid.replaceFirst("}$", ",\"Amounts\":[{\"unit\":\"lovelace\",\"amount\":\"2000000\"}]}"), admin);
        assertThat(bought.status()).as(bought.text()).isEqualTo(200);
    }

    @Test
    void refusesAtOnceAKeyThatMayUseNoPurchasingWallet() {
        String wallets = http.get("/api/v1/wallet/list?walletType=Selling", admin).data().at("/Wallets/0/id").asString();
        String sellersOnly = http.post("/api/v1/api-key", "{\"permission\":\"ReadAndPay\",\"usageLimited\":\"false\",\"UsageCredits\":[],"
                + "\"walletScopeEnabled\":\"true\",\"WalletScopeHotWalletIds\":[\"" + wallets + "\"]}", admin).data().path("token")
                .asString();
        Answer offer = http.post("/api/v1/payment", payment(""), sellersOnly);
        assertThat(offer.status()).as(offer.text()).isEqualTo(200);
        Answer refused = http.post("/api/v1/purchase", purchase(offer), sellersOnly);
        assertThat(refused.status()).as(refused.text()).isEqualTo(401);
        assertThat(refused.error()).contains("no purchasing wallet");
    }

    @Test
    void takesHexInAnyCaseAndFindsTheSameRecord() {
        Answer created = http.post("/api/v1/payment", payment("").replace(agentIdentifier, agentIdentifier.toUpperCase(Locale.ROOT)),
                admin);
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        assertThat(created.data().path("agentIdentifier").asString()).isEqualTo(agentIdentifier);
        String identifier = created.data().path("blockchainIdentifier").asString();
        String shouted = identifier(created).replace(identifier, identifier.toUpperCase(Locale.ROOT));
        assertThat(http.post("/api/v1/payment/resolve-blockchain-identifier", shouted, admin).data().path("id").asString())
                .isEqualTo(created.data().path("id").asString());
        assertThat(http.post("/api/v1/purchase", purchase(created), admin).status()).isEqualTo(200);
        Answer again = http.post("/api/v1/purchase", purchase(created).replace(identifier, identifier.toUpperCase(Locale.ROOT)), admin);
        assertThat(again.status()).as("bought once, however it is spelt").isEqualTo(409);
        assertThat(http.get("/api/v1/registry?network=Preprod&filterAgentIdentifier=" + agentIdentifier.toUpperCase(Locale.ROOT), admin)
                .data().path("Assets")).hasSize(1);
    }

    /** The loser of a race must not get back what the winner, its own twin, paid with. */
    @Test
    void takesTheCreditsOnceHoweverOftenTheSameIsAskedForAtOnce() {
        for (int round = 0; round < 3; round++) {
            Answer offer = http.post("/api/v1/payment", payment(""), admin);
            String buyer = key("true", GRANTED);
            String body = purchase(offer);
            Queue<Integer> answers = new ConcurrentLinkedQueue<>();
            try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 6; i++) {
                    requests.submit(() -> answers.add(http.post("/api/v1/purchase", body, buyer).status()));
                }
            }
            assertThat(answers).containsOnlyOnce(200).hasSize(6).allMatch(status -> status == 200 || status == 409);
            // Anything that was given back shows by now: a newer change of the key does.
            Awaitility.await().untilAsserted(() -> assertThat(credits(buyer)).isNotEqualTo(GRANTED));
            assertThat(http.post("/api/v1/purchase", purchase(http.post("/api/v1/payment", payment(""), admin)), buyer).status())
                    .isEqualTo(400);
            awaitCreditsLessWhatItCost(buyer, GRANTED, http.post("/api/v1/purchase", body, buyer));
        }
    }

    /** What a request has paid for is not another's to give back, whatever that one says and whoever is first. */
    @Test
    void takesTheCreditsOnceWhenTheSameIsAskedForAtOnceInDifferentWords() {
        for (int round = 0; round < 3; round++) {
            String buyer = key("true", GRANTED);
            String right = purchase(http.post("/api/v1/payment", payment(""), admin));
            Queue<Integer> answers = new ConcurrentLinkedQueue<>();
            try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 6; i++) {
                    String body = right.replaceFirst("}$", ",\"metadata\":\"request " + i + "\"}");
                    requests.submit(() -> answers.add(http.post("/api/v1/purchase", body, buyer).status()));
                }
            }
            assertThat(answers).containsOnlyOnce(200).hasSize(6).allMatch(status -> status == 200 || status == 409);
            assertThat(http.post("/api/v1/purchase", right, buyer).status()).isEqualTo(409);
            assertThat(http.post("/api/v1/purchase", purchase(http.post("/api/v1/payment", payment(""), admin)), buyer).error())
                    .contains("credits");
            awaitCreditsLessWhatItCost(buyer, GRANTED, http.post("/api/v1/purchase", right, buyer));
        }
    }

    @Test
    void buysAnOfferOnceHoweverItsIdentifierIsEncoded() {
        Answer offer = http.post("/api/v1/payment", payment(""), admin);
        String buyer = key("true", GRANTED);
        List<String> forms = forms(offer);
        Answer bought = http.post("/api/v1/purchase", forms.getFirst(), buyer);
        assertThat(bought.status()).as(bought.text()).isEqualTo(200);
        for (String form : forms) {
            Answer again = http.post("/api/v1/purchase", form, buyer);
            assertThat(again.status()).as(again.text()).isEqualTo(409);
            assertThat(again.json().path("id").asString()).isEqualTo(bought.data().path("id").asString());
            assertThat(again.json().at("/object/blockchainIdentifier").asString()).isEqualTo(
                    bought.data().path("blockchainIdentifier").asString());
        }
        awaitCreditsLessWhatItCost(buyer, GRANTED, bought);
    }

    @Test
    void buysAnOfferOnceAlsoWhenItIsSentInAllItsFormsAtOnce() {
        for (String credits : new String[]{GRANTED, "100000000"}) {
            String buyer = key("true", credits);
            Queue<Answer> answers = new ConcurrentLinkedQueue<>();
            try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
                forms(http.post("/api/v1/payment", payment(""), admin))
                        .forEach(form -> requests.submit(() -> answers.add(http.post("/api/v1/purchase", form, buyer))));
            }
            Answer bought = answers.stream().filter(answer -> answer.status() == 200).findFirst().orElseThrow();
            assertThat(answers).hasSize(5).allSatisfy(answer -> {
                if (answer != bought) {
                    assertThat(answer.status()).as(answer.text()).isEqualTo(409);
                    assertThat(answer.json().path("id").asString()).isEqualTo(bought.data().path("id").asString());
                    assertThat(answer.json().at("/object/id").asString()).isEqualTo(bought.data().path("id").asString());
                }
            });
            awaitCreditsLessWhatItCost(buyer, credits, bought);
        }
    }

    /** Requests to buy an offer, with all that its signature does not cover: each holds by itself. */
    private static List<String> forms(Answer offer) {
        String issued = offer.data().path("blockchainIdentifier").asString();
        BlockchainIdentifier.Parts parts = new BlockchainIdentifier(issued).parts();
        String signature = parts.signature();
        String key = parts.key();
        return Stream.of(parts,
                new BlockchainIdentifier.Parts(parts.sellerIdentifier(), parts.purchaserIdentifier(),
                        signature.replace("a166686173686564f4", "a266686173686564f4616101"), key, Optional.empty()),
                new BlockchainIdentifier.Parts(parts.sellerIdentifier(), parts.purchaserIdentifier(), signature,
                        key.replaceFirst("^a4", "a5") + "616101", Optional.empty()),
                new BlockchainIdentifier.Parts(parts.sellerIdentifier(), parts.purchaserIdentifier(),
                        signature.replaceFirst("^84", "d29804"), key, Optional.empty()),
                new BlockchainIdentifier.Parts(parts.sellerIdentifier(), parts.purchaserIdentifier(), signature,
                        key.replaceFirst("^a4", "b90004"), Optional.empty()))
                .map(form -> purchase(offer).replace(issued, form.identifier().value())).toList();
    }

    @Test
    void clearsAnErrorOfARecordThatIsStillAsTheOperatorSawIt() {
        Answer created = http.post("/api/v1/payment", payment(""), admin);
        String before = created.data().path("updatedAt").asString();
        Answer nothingWrong = http.post("/api/v1/payment/error-state-recovery", recovery(created, before, true), admin);
        assertThat(nothingWrong.status()).as(nothingWrong.text()).isEqualTo(404);
        node.context().getBean(CommandGateway.class).sendAndWait(new PaymentCommand.RequireOperator(
                new PaymentId(created.data().path("id").asString()), ErrorType.Unknown, "look at this"));
        JsonNode stuck = Awaitility.await().until(
                () -> http.post("/api/v1/payment/resolve-blockchain-identifier", identifier(created), admin).data(),
                record -> record.at("/NextAction/requestedAction").asString().equals("WaitingForManualAction"));
        assertThat(stuck.at("/NextAction/errorNote").asString()).isEqualTo("look at this");

        Answer outdated = http.post("/api/v1/payment/error-state-recovery", recovery(created, before, false), admin);
        assertThat(outdated.status()).as(outdated.text()).isEqualTo(409);
        assertThat(outdated.error()).contains("changed meanwhile");
        String now = stuck.path("updatedAt").asString();
        Answer stranger = http.post("/api/v1/payment/error-state-recovery", recovery(created, now, false), key("false", "0"));
        assertThat(stranger.status()).isEqualTo(403);
        Answer nothingToRetry = http.post("/api/v1/payment/error-state-recovery", recovery(created, now, true), admin);
        assertThat(nothingToRetry.status()).isEqualTo(404);
        assertThat(nothingToRetry.error()).contains("no failed action");
        Answer cleared = http.post("/api/v1/payment/error-state-recovery", recovery(created, now, false), admin);
        assertThat(cleared.status()).as(cleared.text()).isEqualTo(200);
        assertThat(cleared.data().at("/NextAction/requestedAction").asString()).isEqualTo("WaitingForExternalAction");
        assertThat(cleared.data().at("/NextAction/errorNote").isNull()).isTrue();
        Answer unknown = http.post("/api/v1/purchase/error-state-recovery", recovery(created, now, false), admin);
        assertThat(unknown.status()).isEqualTo(404);
    }

    @Test
    void clearsManyErrorsAtOnceEachOnItsOwn() {
        CommandGateway commands = node.context().getBean(CommandGateway.class);
        List<String> ids = Stream.generate(() -> http.post("/api/v1/payment", payment(""), admin).data().path("id").asString()).limit(3)
                .toList();
        ids.forEach(id -> commands.sendAndWait(new PaymentCommand.RequireOperator(new PaymentId(id), ErrorType.NetworkError,
                "many at once: the chain is not known")));
        String filter = "{\"network\":\"Preprod\",\"errorType\":\"NetworkError\",\"errorNotePrefix\":\"many at once\"";
        String bulk = "/api/v1/payment/error-state-recovery/bulk";
        Awaitility.await().until(() -> http.post(bulk, filter + "}", admin).data().path("matching").asInt() == 3);

        Answer looked = http.post(bulk, filter + ",\"nothingLocked\":true,\"since\":\"2020-01-01\",\"limit\":2}", admin);
        assertThat(looked.data().path("dryRun").asBoolean()).isTrue();
        assertThat(looked.data().path("Records")).hasSize(2).allSatisfy(record -> {
            assertThat(record.path("outcome").asString()).isEqualTo("Matches");
            assertThat(record.path("errorNote").asString()).isEqualTo("many at once: the chain is not known");
            assertThat(record.path("onChainState").isNull()).isTrue();
        });
        assertThat(looked.data().path("nextCursorId").asString()).isEqualTo(ids.getFirst());
        for (String other : List.of("\"errorNotePrefix\":\"another\"", "\"since\":\"2100-01-01\"", "\"onChainState\":\"FundsLocked\"",
                "\"paymentSourceId\":\"cnone\"", "\"errorType\":\"Unknown\",\"errorNotePrefix\":\"many\"")) {
            assertThat(http.post(bulk, "{\"network\":\"Preprod\"," + other + "}", admin).data().path("matching").asInt()).isZero();
        }

        String broken = ids.get(1);
        JdbcClient database = node.context().getBean(JdbcClient.class);
        database.sql("ALTER TABLE domainevententry DISABLE TRIGGER USER").update();
        database.sql("UPDATE domainevententry SET payload = '\\x7b' WHERE aggregateidentifier = ?").param(broken).update();
        database.sql("ALTER TABLE domainevententry ENABLE TRIGGER USER").update();
        node.context().getBean(Cache.class).remove(broken);
        Answer cleared = http.post(bulk, filter + ",\"dryRun\":false,\"retryPreviousAction\":true}", admin);
        assertThat(cleared.status()).as(cleared.text()).isEqualTo(200);
        assertThat(cleared.data().path("matching").asInt()).isEqualTo(3);
        assertThat(cleared.data().path("nextCursorId").isNull()).isTrue();
        assertThat(cleared.data().path("Records")).hasSize(3).allSatisfy(record -> assertThat(record.path("outcome").asString())
                .isEqualTo(record.path("id").asString().equals(broken) ? "Failed" : "Cleared"));
        assertThat(http.post(bulk, filter + "}", admin).data().path("Records")).singleElement()
                .satisfies(left -> assertThat(left.path("id").asString()).isEqualTo(broken));
        assertThat(http.post(bulk, filter + ",\"limit\":51}", admin).status()).isEqualTo(400);
        assertThat(http.post("/api/v1/purchase/error-state-recovery/bulk", filter + ",\"dryRun\":false}", admin).data().path("Records"))
                .isEmpty();
    }

    private static String recovery(Answer record, String updatedAt, boolean retry) {
        return identifier(record).replaceFirst("}$", ",\"updatedAt\":\"" + updatedAt + "\",\"retryPreviousAction\":" + retry + "}");
    }

    /** What comes back elsewhere has not come back: a limited key could have it paid out again and again. */
    @Test
    void hasMoneyOfALimitedKeySentToWalletsOfThisNodeOnly() {
        String stranger = http.post("/api/v1/wallet", "{\"network\":\"Preprod\"}", admin).data().path("walletAddress").asString();
        JsonNode purchasing = http.get("/api/v1/wallet/list?walletType=Purchasing", admin).data().path("Wallets").get(0);
        String limited = key("true", "100000000");
        String toStranger = returning("buyer", stranger);

        Answer offer = http.post("/api/v1/payment", payment(""), admin);
        Answer refused = http.post("/api/v1/purchase", purchase(offer).replaceFirst("}$", toStranger), limited);
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.error()).contains("buyerReturnAddress is neither a wallet");
        assertThat(credits(limited)).isEqualTo("100000000");
        String scoped = http
                .post("/api/v1/api-key", "{\"permission\":\"ReadAndPay\",\"UsageCredits\":[{\"unit\":\"\",\"amount\":\"100000000\"}],"
                        + "\"walletScopeEnabled\":\"true\",\"WalletScopeHotWalletIds\":[\"" + purchasing.path("id").asString() + "\"]}",
                        admin)
                .data()
                .path("token").asString();
        String sellersWallet = http.get("/api/v1/wallet/list?walletType=Selling", admin).data().at("/Wallets/0/walletAddress").asString();
        Answer outOfScope = http.post("/api/v1/purchase", purchase(offer).replaceFirst("}$", returning("buyer", sellersWallet)), scoped);
        assertThat(outOfScope.status()).as(outOfScope.text()).isEqualTo(403);
        Answer home = http.post("/api/v1/purchase",
                purchase(offer).replaceFirst("}$", returning("buyer", purchasing.path("walletAddress").asString())), scoped);
        assertThat(home.status()).as(home.text()).isEqualTo(200);
        Answer unlimited = http.post("/api/v1/purchase",
                purchase(http.post("/api/v1/payment", payment(""), admin)).replaceFirst("}$", toStranger), key("false", "0"));
        assertThat(unlimited.status()).as(unlimited.text()).isEqualTo(200);

        Answer sale = http.post("/api/v1/payment", payment("").replaceFirst("}$", returning("seller", stranger)), limited);
        assertThat(sale.status()).as(sale.text()).isEqualTo(403);
        assertThat(sale.error()).contains("sellerReturnAddress");
        assertThat(http.post("/api/v1/payment", payment("").replaceFirst("}$", returning("seller", sellersWallet)), limited).status())
                .isEqualTo(200);
    }

    @Test
    void saysThatItIsADevelopmentNetwork() {
        assertThat(http.get("/api/v1/health", null).data().path("developmentNetwork").asBoolean()).isTrue();
    }

    private static String key(String limited, String credits) {
        return http.post("/api/v1/api-key", "{\"permission\":\"ReadAndPay\",\"usageLimited\":\"" + limited
                + "\",\"UsageCredits\":[{\"unit\":\"\",\"amount\":\"" + credits + "\"}]}", admin).data().path("token").asString();
    }

    private static String credits(String key) {
        return http.get("/api/v1/api-key-status", key).data().at("/RemainingUsageCredits/0/amount").asString();
    }

    /** What was held goes back but for what is locked and the fee. @param purchase a reply with the record or its id */
    private static void awaitCreditsLessWhatItCost(String key, String granted, Answer purchase) {
        String identifier = (purchase.status() == 200 ? purchase.data() : purchase.json().path("object")).path("blockchainIdentifier")
                .asString();
        String body = "{\"network\":\"Preprod\",\"blockchainIdentifier\":\"" + identifier + "\"}";
        JsonNode locked = Awaitility.await().atMost(Duration.ofSeconds(30)).until(
                () -> http.post("/api/v1/purchase/resolve-blockchain-identifier", body, admin).data(),
                record -> record.path("onChainState").asString("").equals("FundsLocked"));
        BigDecimal fee = locked.path("totalBuyerCardanoFees").decimalValue().movePointRight(6);
        BigDecimal cost = fee.add(new BigDecimal(locked.at("/PaidFunds/0/amount").asString()))
                .add(new BigDecimal(locked.path("collateralReturnLovelace").asString()));
        assertThat(cost).isGreaterThan(new BigDecimal("1000000"));
        Awaitility.await().untilAsserted(() -> assertThat(new BigDecimal(credits(key)))
                .isEqualByComparingTo(new BigDecimal(granted).subtract(cost)));
    }

    private static String payment(String more) {
        return AccessTest.payment("Preprod").replace("a".repeat(120), agentIdentifier).replace("0123456789abcdef", PURCHASER)
                .replaceFirst("}$", more + "}");
    }

    /** The end of a body that names where a party's money is to go. */
    private static String returning(String party, String address) {
        return ",\"" + party + "ReturnAddress\":\"" + address + "\"}";
    }

    private static String identifier(Answer created) {
        return "{\"network\":\"Preprod\",\"blockchainIdentifier\":\"" + created.data().path("blockchainIdentifier").asString() + "\"}";
    }

    private static String purchase(Answer offer) {
        String body = AccessTest.purchase("Preprod").replace("a".repeat(120), agentIdentifier).replace("0123456789abcdef", PURCHASER)
                .replace("\"abcd\"", "\"" + offer.data().path("blockchainIdentifier").asString() + "\"")
                .replace("a".repeat(56), sellerVkey);
        for (String time : new String[]{"payByTime", "submitResultTime", "unlockTime", "externalDisputeUnlockTime"}) {
            body = body.replace("\"" + time + "\":\"1\"", "\"" + time + "\":\"" + offer.data().path(time).asString() + "\"");
        }
        return body;
    }
}
