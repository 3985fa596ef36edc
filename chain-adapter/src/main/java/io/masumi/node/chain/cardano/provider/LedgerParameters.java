package io.masumi.node.chain.cardano.provider;

import com.bloxbean.cardano.client.api.model.ProtocolParams;

/** What building a transaction needs to know of the ledger now. @param protocol the protocol parameters */
public record LedgerParameters(ProtocolParams protocol, SlotTimes slots) {}
