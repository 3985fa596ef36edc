package io.masumi.node.devnet.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.devnet.chain.Block;
import io.masumi.node.devnet.chain.BlockProducer;
import io.masumi.node.devnet.chain.Faucet;
import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.devnet.http.HttpError;
import io.masumi.node.devnet.http.HttpReply;
import io.masumi.node.devnet.http.HttpRequest;
import io.masumi.node.devnet.http.Routes;
import io.masumi.node.devnet.ledger.TransactionRejected;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HexFormat;

/** {@code /devnet}: what a test or a newcomer asks of the network itself. Bodies are JSON objects. */
public final class ControlEndpoints {
    private static final String BASE = "/devnet";

    private final ObjectMapper mapper = new ObjectMapper();
    private final Ledger ledger;
    private final Faucet faucet;
    private final BlockProducer producer;
    private final Faults faults;
    private volatile PublishedContract contract;
    private volatile ContractAdmins admins = ContractAdmins.ELSEWHERE;

    public ControlEndpoints(Ledger ledger, Faucet faucet, BlockProducer producer, Faults faults) {
        this.ledger = ledger;
        this.faucet = faucet;
        this.producer = producer;
        this.faults = faults;
    }

    /** Shown to those who ask which contract to use on this network, and who sign as its admins. */
    public void publish(PublishedContract published, ContractAdmins itsAdmins) {
        contract = published;
        admins = itsAdmins;
    }

    public void addTo(Routes routes) {
        routes.get(BASE, request -> HttpReply.ok(status()));
        routes.get(BASE + "/contract", request -> published());
        routes.post(BASE + "/contract/signature", this::signAsAdmin);
        routes.post(BASE + "/faucet", this::pay);
        routes.post(BASE + "/block", request -> {
            Block block = ledger.makeBlock();
            return HttpReply.ok(status().put("made", block.hash()));
        });
        routes.post(BASE + "/rollback", this::rollback);
        routes.post(BASE + "/blocks/pause", request -> done(producer::pause));
        routes.post(BASE + "/blocks/resume", request -> done(producer::resume));
        routes.post(BASE + "/blocks/interval",
                request -> done(() -> producer.slowTo(Duration.ofSeconds(number(body(request), "seconds").longValueExact()))));
        routes.post(BASE + "/faults/lost-submit-replies",
                request -> done(() -> faults.loseSubmitReplies(number(body(request), "count").intValueExact())));
        routes.post(BASE + "/faults/status", request -> {
            JsonNode body = body(request);
            return done(() -> faults.failNext(number(body, "count").intValueExact(), number(body, "status").intValueExact()));
        });
        routes.post(BASE + "/faults/down", request -> done(() -> faults.down(true)));
        routes.post(BASE + "/faults/empty-address-histories", request -> done(() -> faults.emptyAddressHistories(true)));
        routes.post(BASE + "/faults/clear", request -> done(faults::clear));
    }

    private ObjectNode status() {
        long slot = ledger.currentSlot();
        ObjectNode status = ledger.read(state -> JsonNodeFactory.instance.objectNode().put("development_network", true).put("slot", slot)
                .put("height", state.tip().height())
                .put("tip", state.tip().hash()).put("zero_time", state.genesis().zeroTime())
                .put("network_magic", state.genesis().networkMagic())
                .put("faucet_address", state.genesis().faucetAddress().toBech32()));
        status.putObject("blocks").put("paused", producer.isPaused()).put("interval_seconds", producer.interval().toSeconds());
        status.set("faults", faults.status());
        return status;
    }

    private HttpReply published() {
        if (contract == null) {
            throw HttpError.notFound();
        }
        return HttpReply.ok(mapper.valueToTree(contract));
    }

    private HttpReply signAsAdmin(HttpRequest request) {
        JsonNode body = body(request);
        String hash = body.path("txHash").asText();
        if (!hash.matches("[0-9a-fA-F]{64}")) {
            throw HttpError.badRequest("the member txHash must be 64 hex digits");
        }
        return admins.sign(body.path("adminVkey").asText(), HexFormat.of().parseHex(hash))
                .map(signature -> HttpReply.ok(mapper.valueToTree(signature))).orElseThrow(HttpError::notFound);
    }

    private HttpReply pay(HttpRequest request) {
        JsonNode body = body(request);
        try {
            String id = faucet.pay(body.path("address").asText(), number(body, "lovelace"));
            return HttpReply.ok(JsonNodeFactory.instance.objectNode().put("tx_hash", id));
        } catch (TransactionRejected | IllegalArgumentException refused) {
            throw HttpError.badRequest(refused.getMessage());
        }
    }

    private HttpReply rollback(HttpRequest request) {
        JsonNode body = body(request);
        RolledBackTransactions transactions = switch (body.path("transactions").asText("mempool")) {
            case "mempool" -> RolledBackTransactions.RETURN_TO_MEMPOOL;
            case "lost" -> RolledBackTransactions.LOST;
            default -> throw HttpError.badRequest("the member transactions must be mempool or lost");
        };
        return done(() -> ledger.rollback(number(body, "blocks").intValueExact(), transactions));
    }

    private HttpReply done(Runnable action) {
        try {
            action.run();
        } catch (IllegalArgumentException | ArithmeticException refused) {
            throw HttpError.badRequest(refused.getMessage());
        }
        return HttpReply.ok(status());
    }

    private static BigInteger number(JsonNode body, String name) {
        JsonNode member = body.path(name);
        if (member.isIntegralNumber() || member.isTextual() && member.asText().matches("\\d{1,20}")) {
            return new BigInteger(member.asText());
        }
        throw HttpError.badRequest("the member " + name + " must be a whole number");
    }

    private JsonNode body(HttpRequest request) {
        try {
            JsonNode body = mapper.readTree(request.body());
            if (body != null && body.isObject()) {
                return body;
            }
            throw HttpError.badRequest("the body must be a JSON object");
        } catch (IOException notJson) {
            throw HttpError.badRequest("the body must be a JSON object");
        }
    }
}
