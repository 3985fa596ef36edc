package io.masumi.node.escrow;

/**
 * An admin of a contract, and what its signature counts for.
 *
 * @param vkey hex hash of the admin's payment key
 * @param weight how many entries of the contract's list of admins it stands for; an admin listed twice counts twice
 */
public record AdminWeight(String vkey, int weight) {}
