package io.masumi.node.chain.loop;

import io.masumi.node.chain.source.Source;

/** What is to be done again and again for a payment source. A failed pass is tried again later, so it must stand that. */
public interface SourceWork {

    /** What the work is called in logs and thread names. */
    String name();

    /** Does what there is to do now, and returns. */
    void pass(Source source);
}
