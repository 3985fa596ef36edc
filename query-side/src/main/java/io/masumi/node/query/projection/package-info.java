/** What all projections have in common: batches, view tables and pages. For this module alone. */
package io.masumi.node.query.projection;
