/** Access: API keys, what they may do, and what they may spend. */
package io.masumi.node.access;
