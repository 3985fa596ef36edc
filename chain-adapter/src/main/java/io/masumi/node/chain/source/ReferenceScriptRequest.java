package io.masumi.node.chain.source;

import io.masumi.node.Requester;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.PaymentSourceId;

/**
 * Commands to the chain adapter about outputs that carry a payment source's scripts (CIP-33). It looks at the chain before it passes
 * them on to the payment source; each answers the source's version afterwards, a {@code Long}.
 */
public sealed interface ReferenceScriptRequest {

    PaymentSourceId sourceId();

    ContractScript script();

    Requester requester();

    /** Deploys the script. @param walletVkey hex key hash of the hot wallet that pays the deposit, null for any of the source's */
    record Deploy(PaymentSourceId sourceId, ContractScript script, String walletVkey,
            Requester requester) implements ReferenceScriptRequest {}

    /** Uses an output that is there already, whoever holds it. */
    record Adopt(PaymentSourceId sourceId, ContractScript script, OutputRef output,
            Requester requester) implements ReferenceScriptRequest {}

    /** Stops using the output, and takes the deposit back into the wallet that holds it. */
    record Retire(PaymentSourceId sourceId, ContractScript script, Requester requester) implements ReferenceScriptRequest {}
}
