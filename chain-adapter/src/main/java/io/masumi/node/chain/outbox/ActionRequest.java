package io.masumi.node.chain.outbox;

import java.util.List;

import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.DerivedId;
import io.masumi.node.source.PaymentSourceId;

/**
 * An intent of an aggregate for something on chain.
 *
 * @param sequenceNumber of the aggregate's event that expresses the intent; with the aggregate it makes the intent unique
 * @param walletIds ids of the hot wallets that may pay and sign, in order of preference; empty for any purchasing wallet of the source
 * @param notBefore Unix ms from when it can be done, 0 for at once
 * @param notAfter Unix ms until when it makes sense, null for ever
 */
public record ActionRequest(ActionRole role, String aggregateId, long sequenceNumber, PaymentSourceId sourceId, List<String> walletIds,
        ChainAction action, long notBefore, Long notAfter) {

    /** Asking twice for the same event is one action. */
    public String id() {
        return DerivedId.of("chain-action", role.name(), aggregateId, Long.toString(sequenceNumber));
    }
}
