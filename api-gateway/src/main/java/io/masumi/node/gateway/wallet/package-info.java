/** Hot wallets and what addresses hold, at the edge. */
package io.masumi.node.gateway.wallet;
