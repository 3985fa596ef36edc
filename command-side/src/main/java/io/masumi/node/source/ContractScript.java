package io.masumi.node.source;

/** The scripts of a payment source. The names are stored and on the wire. */
public enum ContractScript {
    /** The escrow validator, which every action on a locked escrow runs. */
    Escrow,
    /** The registry's minting policy, which registering and deregistering an agent runs. */
    Registry
}
