package io.masumi.node.chain.cardano.provider;

/** The chain provider has a fault; nothing is known about the chain, and the call may be made again later. */
public class ProviderUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean logged;

    public ProviderUnavailableException(String message, Throwable cause) {
        this(message, cause, false);
    }

    ProviderUnavailableException(String message, Throwable cause, boolean logged) {
        super(message, cause);
        this.logged = logged;
    }

    /** Whether the log says already that the provider does not answer, so that nobody need say it once more. */
    public boolean isLogged() {
        return logged;
    }
}
