package io.masumi.node;

import org.axonframework.commandhandling.CommandExecutionException;

/** A command was refused by a rule of the domain and changed nothing; {@link #rejection()} says why. */
public class RejectedException extends CommandExecutionException {

    private static final long serialVersionUID = 1L;

    public RejectedException(Rejection rejection) {
        super(rejection.message(), null, rejection);
    }

    public Rejection rejection() {
        return this.<Rejection>getDetails().orElseThrow();
    }
}
