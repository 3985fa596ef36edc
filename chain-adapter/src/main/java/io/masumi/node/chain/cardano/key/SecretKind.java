package io.masumi.node.chain.cardano.key;

/** What a secret is; it is sealed in, so that one kind cannot be passed off as another. The names are stored. */
public enum SecretKind {
    /** 24 words of a hot wallet. */
    WALLET_MNEMONIC,
    /** Project id of a Blockfrost API. */
    PROVIDER_KEY,
    /** On its way to another process. Not stored. */
    IN_MESSAGE
}
