package io.masumi.node.chain.cardano.provider;

/** The chain provider has a fault; nothing is known about the chain, and the call may be made again later. */
public class ProviderUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
