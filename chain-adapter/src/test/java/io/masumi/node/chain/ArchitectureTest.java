package io.masumi.node.chain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Arrays;

/** Which part of the chain adapter may know which: the Cardano library knows nobody who uses it, the outbox and the follower not who drives them. */
@AnalyzeClasses(packages = "io.masumi.node.chain", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theCardanoLibraryKnowsNobodyWhoUsesIt = noneOf("cardano..").should().dependOnClassesThat()
            .resideInAnyPackage(parts("outbox..", "follower..", "process..", "dispute..", "loop..", "clock.."));

    @ArchTest
    static final ArchRule codecsStandAlone = noneOf("cardano.codec").should().dependOnClassesThat()
            .resideInAnyPackage(parts("", "cardano.provider", "cardano.transaction", "cardano.key", "source..", "wallet..", "agent.."));

    @ArchTest
    static final ArchRule keysStandAlone = noneOf("cardano.key").should().dependOnClassesThat()
            .resideInAnyPackage(parts("cardano.provider", "cardano.transaction", "source..", "wallet..", "agent.."));

    @ArchTest
    static final ArchRule loopsKnowNoneOfTheWork = noneOf("loop").should().dependOnClassesThat()
            .resideInAnyPackage(parts("outbox..", "follower..", "process..", "dispute..", "cardano.transaction", "cardano.codec"));

    @ArchTest
    static final ArchRule sourcesKnowNoneOfTheWork = noneOf("source..").should().dependOnClassesThat()
            .resideInAnyPackage(parts("outbox..", "follower..", "process..", "dispute..", "loop.."));

    /** What the outbox has the follower read is in a package of its own. */
    @ArchTest
    static final ArchRule theOutboxKnowsNoFollowerNorWhoDrivesIt = noneOf("outbox..").should().dependOnClassesThat()
            .resideInAnyPackage(parts("follower", "follower.ending..", "process..", "dispute.."));

    @ArchTest
    static final ArchRule theFollowerBuildsNothing = noneOf("follower..").should().dependOnClassesThat()
            .resideInAnyPackage(parts("cardano.transaction", "cardano.key", "process.."));

    /** Views are behind what the chain adapter wrote itself. */
    @ArchTest
    static final ArchRule whoFollowsTheChainAsksNoViews = noClasses().that()
            .resideInAnyPackage(parts("loop", "follower..", "source..", "clock..")).should().dependOnClassesThat()
            .resideInAPackage("io.masumi.node.query..");

    @ArchTest
    static final ArchRule processesAskNoChain = noneOf("process..").should().dependOnClassesThat()
            .resideInAnyPackage(parts("cardano.provider", "cardano.codec", "cardano.key", "wallet..", "dispute.."));

    @ArchTest
    static final ArchRule nothingStaticChanges = fields().that().areStatic().should().beFinal();

    private static GivenClassesConjunction noneOf(String part) {
        return noClasses().that().resideInAnyPackage(parts(part));
    }

    private static String[] parts(String... names) {
        return Arrays.stream(names).map(name -> name.isEmpty() ? "io.masumi.node.chain" : "io.masumi.node.chain." + name)
                .toArray(String[]::new);
    }
}
