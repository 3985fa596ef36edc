/** The node's own description of its API, and its pages. */
package io.masumi.node.gateway.docs;
