/**
 * Disputed withdrawals: a transaction that the admins of a contract are asked to sign. Its life is Collecting, Complete when
 * every key has signed, Submitted, Confirmed; or Expired, Superseded when something else ended the escrow, Refused when its
 * script failed on chain. Several may be open for one escrow, since who of the admins will sign must be chosen beforehand and
 * no admin should be able to undo what others have signed; all spend the same output, so at most one can ever land.
 */
package io.masumi.node.dispute;
