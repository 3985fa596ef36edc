package io.masumi.node.platform.eventstore;

/** Told how far a copy is. */
public interface CopyProgress {

    /** Something begins. @param what in words. @param events how many events it is about */
    void begin(String what, long events);

    /** So many events of it are done. */
    void done(long events);

    /** Of whoever does not want to know. */
    static CopyProgress unseen() {
        return new CopyProgress() {
            @Override
            public void begin(String what, long events) {}

            @Override
            public void done(long events) {}
        };
    }
}
