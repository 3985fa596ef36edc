package io.masumi.node;

/** Makes ids for records that nothing outside determines. Clients of the wire contract check for the form {@code c[^\s-]{8,}}. */
@FunctionalInterface
public interface IdGenerator {

    /** A fresh id that no record has. */
    String next();
}
