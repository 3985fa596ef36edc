package io.masumi.node.devnet.blockfrost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.http.HttpError;
import io.masumi.node.devnet.http.HttpReply;
import io.masumi.node.devnet.http.HttpRequest;
import io.masumi.node.devnet.http.Routes;
import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.TransactionRejected;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Locale;

/** {@code POST /tx/submit}: CBOR in, the transaction id out, or 400 with the node's refusal as text within JSON. */
final class SubmitEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(SubmitEndpoint.class);

    private static final String CBOR = "application/cbor";

    private final Ledger ledger;

    SubmitEndpoint(Ledger ledger) {
        this.ledger = ledger;
    }

    void addTo(Routes routes, String base) {
        routes.post(base + "/tx/submit", this::submit);
        routes.get(base + "/mempool",
                request -> HttpReply.ok(Page.of(request).json(ledger.mempoolIds(), (json, id) -> json.put("tx_hash", id))));
    }

    private HttpReply submit(HttpRequest request) {
        String type = request.contentType().map(header -> header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)).orElse("undefined");
        if (!type.equals(CBOR)) {
            throw new HttpError(415, "Unsupported Media Type", "Unsupported Media Type: " + type);
        }
        try {
            return HttpReply.ok(JsonNodeFactory.instance.textNode(ledger.submit(request.body())));
        } catch (TransactionRejected rejected) {
            LOG.info("refused a transaction: {}", rejected.getMessage());
            throw HttpError.badRequest(nodeRefusal(rejected));
        }
    }

    /** Nested as cardano-submit-api nests it, so that clients that search the text find what they know. */
    private static String nodeRefusal(TransactionRejected rejected) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (rejected.failures().contains(LedgerFailure.DecoderFailure)) {
            ObjectNode refusal = nodes.objectNode();
            refusal.put("tag", "TxSubmitFail");
            refusal.putObject("contents").put("tag", "TxCmdTxReadError").putArray("contents").add(rejected.getMessage());
            return refusal.toString();
        }
        ArrayNode errors = nodes.arrayNode();
        rejected.violations().forEach(violation -> errors.add(violation.message()));
        ObjectNode validation = nodes.objectNode().put("kind", "ShelleyTxValidationError").put("era", "ShelleyBasedEraConway");
        validation.set("error", errors);
        ObjectNode mode = nodes.objectNode().put("tag", "TxValidationErrorInCardanoMode");
        mode.set("contents", validation);
        ObjectNode command = nodes.objectNode().put("tag", "TxCmdTxSubmitValidationError");
        command.set("contents", mode);
        ObjectNode refusal = nodes.objectNode().put("tag", "TxSubmitFail");
        refusal.set("contents", command);
        return refusal.toString();
    }
}
