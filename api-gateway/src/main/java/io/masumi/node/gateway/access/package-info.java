/** API keys at the edge: who may call what, and the endpoints about keys. */
package io.masumi.node.gateway.access;
