package io.masumi.node.contracts;

import java.util.Objects;
import java.util.Optional;

/**
 * An address as a Plutus script sees it: without a network, and with an inline stake credential or none. Pointer stake
 * parts are not representable: the ledger has given them up and the escrow contract refuses them in a datum.
 */
public record PlutusAddress(Credential payment, Optional<Credential> stake) {

    public PlutusAddress {
        Objects.requireNonNull(payment, "payment credential");
        Objects.requireNonNull(stake, "stake credential");
    }

    public static PlutusAddress of(Credential payment) {
        return new PlutusAddress(payment, Optional.empty());
    }

    public static PlutusAddress of(Credential payment, Credential stake) {
        return new PlutusAddress(payment, Optional.of(stake));
    }
}
