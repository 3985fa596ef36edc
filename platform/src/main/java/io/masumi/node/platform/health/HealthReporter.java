package io.masumi.node.platform.health;

import java.util.List;

/**
 * A part of the node that can say what is wrong with it. Every bean of this type is asked for {@code /health}, at most once
 * a second; it answers from what it knows or one cheap look into the database, and never asks a provider. Each is asked on a
 * thread of its own: one that hangs or fails is a concern itself, and holds up no other.
 */
public interface HealthReporter {

    /** What is wrong now; empty when all is well. */
    List<Concern> concerns();

    /** Whether the process can serve no request while this has a concern. */
    default boolean necessary() {
        return false;
    }
}
