package io.masumi.node.escrow;

/**
 * An admin's signature under a disputed withdrawal, as far as the contract counts it.
 *
 * @param vkey hex hash of the admin's payment key
 * @param weight how many entries of the contract's list of admins it stands for; an admin listed twice counts twice
 */
public record AdminSignature(String vkey, int weight) {}
