package io.masumi.node.query;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.queryhandling.QueryHandler;

@AnalyzeClasses(packages = "io.masumi.node", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule dependsOnlyOnCommandSideAndPlatform = classes().that().resideInAPackage("io.masumi.node.query..")
            .should().onlyDependOnClassesThat(resideInAnyPackage("io.masumi.node.query..", "io.masumi.node.platform..", "io.masumi.node",
                    "io.masumi.node.cardano", "io.masumi.node.escrow", "io.masumi.node.payment", "io.masumi.node.purchase",
                    "io.masumi.node.registry",
                    "io.masumi.node.source", "io.masumi.node.wallet", "io.masumi.node.access", "io.masumi.node.dispute", "java..",
                    "javax.sql..",
                    "com.fasterxml.jackson..",
                    "org.axonframework..", "org.springframework.."));

    @ArchTest
    static final ArchRule handlersArePackagePrivate = methods().that().areAnnotatedWith(EventHandler.class)
            .or().areAnnotatedWith(QueryHandler.class).or().areAnnotatedWith(ResetHandler.class)
            .should().notBePublic().andShould().beDeclaredInClassesThat().areNotPublic();

    @ArchTest
    static final ArchRule onlyQueriesAndViewsOfASubjectArePublic = classes().that().resideInAPackage("io.masumi.node.query.*")
            .and().resideOutsideOfPackages("io.masumi.node.query.projection")
            .and().arePublic().and().areTopLevelClasses()
            .should().haveSimpleNameEndingWith("Query").orShould().haveSimpleNameEndingWith("View")
            .orShould().haveSimpleName("SaleKind");

    @ArchTest
    static final ArchRule subjectsDoNotKnowEachOther = slices()
            .matching("io.masumi.node.query.(sale|registry|source|wallet|access|dispute)")
            .should().notDependOnEachOther();

    @ArchTest
    static final ArchRule whatProjectionsShareIsForThisModuleAlone = noClasses().that().resideOutsideOfPackage("io.masumi.node.query..")
            .should().dependOnClassesThat(resideInAPackage("io.masumi.node.query.projection"));

    @ArchTest
    static final ArchRule eventsAreHandledInProjectionsOnly = methods().that().areAnnotatedWith(EventHandler.class)
            .and().areDeclaredInClassesThat().resideInAPackage("io.masumi.node.query..")
            .should().beDeclaredInClassesThat().haveSimpleNameEndingWith("Projection");
}
