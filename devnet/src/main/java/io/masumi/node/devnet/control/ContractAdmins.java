package io.masumi.node.devnet.control;

import java.util.Optional;

/** Signs as the admins of the published contract, for whoever tries out how a dispute ends: here their keys are nobody's secret. */
@FunctionalInterface
public interface ContractAdmins {
    /** For a contract whose admins' keys are elsewhere. */
    ContractAdmins ELSEWHERE = (adminVkey, transactionHash) -> Optional.empty();

    /**
     * @param publicKey of the admin, hex
     * @param signature Ed25519, hex
     */
    record Signature(String publicKey, String signature) {}

    /**
     * The admin's signature of a transaction.
     *
     * @param adminVkey hash of the admin's key, hex
     * @param transactionHash 32 bytes
     * @return empty when there is no such admin
     */
    Optional<Signature> sign(String adminVkey, byte[] transactionHash);
}
