package io.masumi.node.chain.cardano.transaction;

import scalus.ledger.api.PlutusLedgerLanguage;

/**
 * Has the JVM initialise Scalus's languages in the only order that works. Scala's companion and the class of an enum initialise each
 * other: when the companion comes first, the class's constants are null for as long as the process lives; when two threads come at
 * once, both may wait for ever. Whoever uses Scalus's machine calls this in a static initialiser, before anything else of Scalus.
 */
final class ScalusLanguages {

    private ScalusLanguages() {}

    /** May be called by any number of threads. */
    static void initialise() {
        if (PlutusLedgerLanguage.PlutusV3 == null) {
            throw new IllegalStateException("Scalus's languages were initialised in the wrong order; start the process again");
        }
    }
}
