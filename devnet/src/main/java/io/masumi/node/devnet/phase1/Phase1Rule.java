package io.masumi.node.devnet.phase1;

/** One subject of phase 1: the checks that need no script to run. */
interface Phase1Rule {
    void check(Subject subject, Findings findings);
}
