/** Payment sources at the edge. */
package io.masumi.node.gateway.source;
