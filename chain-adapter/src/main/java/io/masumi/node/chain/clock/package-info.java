/** Whether this machine's clock is right: transactions are valid for minutes, and deadlines are times. */
package io.masumi.node.chain.clock;
