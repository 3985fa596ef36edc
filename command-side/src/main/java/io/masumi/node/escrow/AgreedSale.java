package io.masumi.node.escrow;

import io.masumi.node.Requester;

/** What the record of a sale keeps of the agreement, on the seller's side as on the buyer's. */
public interface AgreedSale {

    /** Id of the payment or purchase. */
    String saleId();

    BlockchainIdentifier blockchainIdentifier();

    PaymentSourceRef source();

    String agentIdentifier();

    String agentName();

    PricingType pricingType();

    /** What is locked besides the collateral return. */
    Funds price();

    String inputHash();

    EscrowTimes times();

    /** Bech32, null for none. */
    String sellerReturnAddress();

    String metadata();

    Requester requester();
}
