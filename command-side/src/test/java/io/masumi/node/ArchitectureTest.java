package io.masumi.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.axonframework.spring.stereotype.Aggregate;

/** The module rules of the architecture, as far as they are about deciding. */
@AnalyzeClasses(packages = "io.masumi.node", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule aggregatesAreNobodysBusiness = classes().that().areAnnotatedWith(Aggregate.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule decidingNeedsNoWebNoDatabaseAndNoChain = noClasses().should().dependOnClassesThat().resideInAnyPackage(
            "org.springframework.web..", "org.springframework.http..", "org.springframework.jdbc..", "java.sql..", "javax.sql..",
            "jakarta..", "com.bloxbean..", "scalus..", "org.scalus..", "com.fasterxml.jackson.databind..", "tools.jackson..");

    @ArchTest
    static final ArchRule subjectsHaveNoCycles = slices().matching("io.masumi.node.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theEscrowKnowsNoneOfItsRecords = noClasses().that().resideInAPackage("io.masumi.node.escrow").should()
            .dependOnClassesThat().resideInAnyPackage(subjects("payment", "purchase", "registry", "source", "wallet", "access", "dispute"));

    @ArchTest
    static final ArchRule paymentsStandAlone = standsAlone("payment", "purchase", "registry", "source", "wallet", "access", "dispute");

    @ArchTest
    static final ArchRule purchasesStandAlone = standsAlone("purchase", "payment", "registry", "source", "wallet", "access", "dispute");

    @ArchTest
    static final ArchRule registrationsStandAlone = standsAlone("registry", "payment", "purchase", "source", "wallet", "access", "dispute");

    @ArchTest
    static final ArchRule accessStandsAlone = standsAlone("access", "payment", "purchase", "registry", "source", "wallet", "dispute");

    @ArchTest
    static final ArchRule sourcesStandAlone = standsAlone("source", "payment", "purchase", "registry", "wallet", "access", "dispute");

    @ArchTest
    static final ArchRule walletsKnowOnlySources = standsAlone("wallet", "payment", "purchase", "registry", "access", "dispute");

    @ArchTest
    static final ArchRule disputesStandAlone = standsAlone("dispute", "payment", "purchase", "registry", "source", "wallet", "access");

    @ArchTest
    static final ArchRule timeIsInjected = noClasses().should().callMethod(System.class, "currentTimeMillis").orShould()
            .callMethod(java.time.Instant.class, "now").orShould().callMethod(java.time.Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule nothingStaticChanges = fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule messagesAreImmutable = fields().that().areDeclaredInClassesThat().haveNameMatching(".*(Command|Event)\\$.*")
            .should().haveModifier(JavaModifier.FINAL);

    private static ArchRule standsAlone(String subject, String... others) {
        return noClasses().that().resideInAPackage("io.masumi.node." + subject).should().dependOnClassesThat()
                .resideInAnyPackage(subjects(others));
    }

    private static String[] subjects(String... names) {
        return java.util.Arrays.stream(names).map(name -> "io.masumi.node." + name + "..").toArray(String[]::new);
    }
}
