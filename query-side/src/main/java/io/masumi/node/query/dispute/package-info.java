/** Disputed withdrawals as admins and auditors see them. */
package io.masumi.node.query.dispute;
