package io.masumi.node.contracts;

/** What a transaction does under the registry policy, in the order of the redeemers' constructor indexes; none has fields. */
public enum RegistryRedeemer {
    Mint,
    Burn
}
