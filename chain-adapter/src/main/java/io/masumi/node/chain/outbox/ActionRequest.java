package io.masumi.node.chain.outbox;

import java.util.List;

import io.masumi.node.DerivedId;
import io.masumi.node.source.PaymentSourceId;

/**
 * A wish of an aggregate for something on chain.
 *
 * @param sequenceNumber of the aggregate's event that expresses the wish; with the aggregate it makes the wish unique
 * @param walletIds ids of the hot wallets that may pay and sign, in order of preference; empty for any purchasing wallet of the source
 * @param notBefore Unix ms from when it can be done, 0 for at once
 * @param notAfter Unix ms until when it makes sense, null for ever
 */
public record ActionRequest(ActionRole role, String aggregateId, long sequenceNumber, PaymentSourceId sourceId, List<String> walletIds,
        WantedAction action, long notBefore, Long notAfter) {

    /** Asking twice for the same event is one action. */
    public String id() {
        return DerivedId.of("chain-action", role.name(), aggregateId, Long.toString(sequenceNumber));
    }
}
