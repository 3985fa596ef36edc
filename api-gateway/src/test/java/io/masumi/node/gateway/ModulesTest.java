package io.masumi.node.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.OpenToAll;
import org.junit.jupiter.api.Tag;

/**
 * Which module may use which. Maven keeps most of it; this also keeps out libraries, and what a module hands on to others
 * without meaning to.
 */
@Tag("slow")
@AnalyzeClasses(packages = "io.masumi.node", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {

    private static final String ROOT = "io.masumi.node";
    private static final DescribedPredicate<JavaClass> QUERY_SIDE = inModule("query");
    private static final DescribedPredicate<JavaClass> CHAIN_ADAPTER = inModule("chain");
    private static final DescribedPredicate<JavaClass> GATEWAY = inModule("gateway");
    private static final DescribedPredicate<JavaClass> PLATFORM = inModule("platform");
    private static final DescribedPredicate<JavaClass> CONTRACTS = inModule("contracts");
    private static final DescribedPredicate<JavaClass> DEVNET = inModule("devnet");
    private static final DescribedPredicate<JavaClass> CBOR = inModule("cbor");
    /** The only module whose packages stand directly below the root. */
    private static final DescribedPredicate<JavaClass> COMMAND_SIDE = JavaClass.Predicates.resideInAPackage(ROOT + "..")
            .and(DescribedPredicate.not(QUERY_SIDE.or(CHAIN_ADAPTER).or(GATEWAY).or(PLATFORM).or(CONTRACTS).or(DEVNET).or(CBOR)
                    .or(inModule("testing"))))
            .as("the command side");
    private static final DescribedPredicate<JavaClass> CARDANO = JavaClass.Predicates.resideInAnyPackage("com.bloxbean..", "scalus..",
            "org.scalus..").as("Cardano libraries");

    @ArchTest
    static final ArchRule THE_COMMAND_SIDE_DECIDES_ALONE = noClasses().that(COMMAND_SIDE).should().dependOnClassesThat(
            QUERY_SIDE.or(CHAIN_ADAPTER).or(GATEWAY).or(PLATFORM).or(CONTRACTS).or(DEVNET).or(CARDANO)
                    .or(JavaClass.Predicates.resideInAnyPackage("org.springframework.web..", "org.springframework.http..", "java.sql..",
                            "javax.sql..", "org.springframework.jdbc..", "java.net.http..", "jakarta.servlet..")));

    /** Only processes that play the chain, where sagas live, look for due deadlines: those of an aggregate would never come. */
    @ArchTest
    static final ArchRule AGGREGATES_HAVE_NO_DEADLINES = noClasses().that(COMMAND_SIDE).should().dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("org.axonframework.deadline.."));

    @ArchTest
    static final ArchRule ONLY_SAGAS_HAVE_DEADLINES = methods().that()
            .areAnnotatedWith("org.axonframework.deadline.annotation.DeadlineHandler").should().beDeclaredInClassesThat(CHAIN_ADAPTER);

    @ArchTest
    static final ArchRule THE_PLATFORM_KNOWS_NO_VIEWS_CHAIN_OR_EDGE = noClasses().that(PLATFORM).should().dependOnClassesThat(
            QUERY_SIDE.or(CHAIN_ADAPTER).or(GATEWAY).or(CONTRACTS).or(DEVNET).or(CARDANO));

    @ArchTest
    static final ArchRule THE_QUERY_SIDE_KNOWS_NO_CHAIN_OR_EDGE = noClasses().that(QUERY_SIDE).should().dependOnClassesThat(
            CHAIN_ADAPTER.or(GATEWAY).or(CONTRACTS).or(DEVNET).or(CARDANO));

    @ArchTest
    static final ArchRule THE_CHAIN_ADAPTER_WORKS_WITH_ANY_CONTRACT_AND_NETWORK = noClasses().that(CHAIN_ADAPTER).should()
            .dependOnClassesThat(GATEWAY.or(CONTRACTS).or(DEVNET));

    @ArchTest
    static final ArchRule CONTRACTS_STAND_ALONE = noClasses().that(CONTRACTS).should().dependOnClassesThat(
            COMMAND_SIDE.or(QUERY_SIDE).or(CHAIN_ADAPTER).or(GATEWAY).or(PLATFORM).or(DEVNET)
                    .or(JavaClass.Predicates.resideInAnyPackage("org.springframework..", "org.axonframework..", "com.bloxbean..")));

    @ArchTest
    static final ArchRule THE_DEVELOPMENT_NETWORK_KNOWS_NO_NODE = noClasses().that(DEVNET).should().dependOnClassesThat(
            COMMAND_SIDE.or(QUERY_SIDE).or(CHAIN_ADAPTER).or(GATEWAY).or(PLATFORM).or(CONTRACTS)
                    .or(JavaClass.Predicates.resideInAnyPackage("org.springframework..", "org.axonframework..")));

    @ArchTest
    static final ArchRule READING_CBOR_NEEDS_NOBODY = classes().that(CBOR).should().onlyDependOnClassesThat(
            CBOR.or(JavaClass.Predicates.resideInAPackage("java..")));

    @ArchTest
    static final ArchRule ONLY_THE_EDGE_SPEAKS_HTTP = noClasses().that(DescribedPredicate.not(GATEWAY)).should().dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage("org.springframework.web..", "jakarta.servlet.."));

    @ArchTest
    static final ArchRule THE_EDGE_DECIDES_AND_STORES_NOTHING = noClasses().that(GATEWAY).should().dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..",
                    "org.axonframework.modelling.saga..", "org.axonframework.eventsourcing.."));

    @ArchTest
    static final ArchRule PACKAGES_OF_THE_EDGE_HAVE_NO_CYCLES = SlicesRuleDefinition.slices().matching(ROOT + ".gateway.(*)..")
            .should().beFreeOfCycles();

    @ArchTest
    static final ArchRule AGGREGATES_ARE_NOBODY_ELSES_BUSINESS = classes().that()
            .areAnnotatedWith("org.axonframework.spring.stereotype.Aggregate").should().bePackagePrivate();

    @ArchTest
    static final ArchRule EVERY_ENDPOINT_SAYS_WHO_MAY_CALL_IT = methods().that()
            .areMetaAnnotatedWith("org.springframework.web.bind.annotation.RequestMapping").and().areDeclaredInClassesThat()
            .haveSimpleNameNotContaining("ContainerErrors")
            .should().beAnnotatedWith(Needs.class).orShould().beAnnotatedWith(OpenToAll.class);

    private static DescribedPredicate<JavaClass> inModule(String name) {
        return JavaClass.Predicates.resideInAPackage(ROOT + "." + name + "..").as("the module " + name);
    }
}
