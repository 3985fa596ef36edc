/**
 * The query side: views of what happened, and the questions that can be asked about them.
 *
 * <p>Each subject has a package with its queries, the answers to them and, package-private, the projection that keeps the
 * view, and configures itself. {@code query.projection} holds what these have in common and is for this module alone.
 */
package io.masumi.node.query;
