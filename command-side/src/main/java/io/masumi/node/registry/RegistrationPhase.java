package io.masumi.node.registry;

/** State of an agent's registration; the names are the wire names. */
public enum RegistrationPhase {
    RegistrationRequested,
    RegistrationInitiated,
    RegistrationConfirmed,
    RegistrationFailed,
    DeregistrationRequested,
    DeregistrationInitiated,
    DeregistrationConfirmed,
    DeregistrationFailed
}
