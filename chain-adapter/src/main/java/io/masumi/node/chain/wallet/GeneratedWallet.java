package io.masumi.node.chain.wallet;

import io.masumi.node.chain.cardano.key.Secret;

/** A fresh wallet. @param mnemonic 24 words. @param address bech32. @param vkey hex hash of the payment key */
public record GeneratedWallet(Secret mnemonic, String address, String vkey) {}
