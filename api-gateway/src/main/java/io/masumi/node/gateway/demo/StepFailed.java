package io.masumi.node.gateway.demo;

/** A step of the demo did not do what it should. */
final class StepFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StepFailed(String why) {
        super(why);
    }
}
