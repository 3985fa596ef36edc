/** The dispute desk at the edge: disputes with their evidence, and the withdrawals that admins sign. */
package io.masumi.node.gateway.dispute;
