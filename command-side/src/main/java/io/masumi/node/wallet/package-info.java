/** Hot wallets: the selling and purchasing wallets that the node signs with. */
package io.masumi.node.wallet;
