package io.masumi.node.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.annotation.DirtiesContext;

/**
 * Starts the node's auto-configurations, as many as are on the test's class path, on a fresh database with a
 * {@link MutableClock}, and stops them after the class. The database, clock and {@link Processors} can be injected.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@FreshDatabase
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_CLASS)
public @interface NodeTest {

    /** What the context holds besides the auto-configurations: components under test, configurations. */
    @AliasFor(annotation = SpringBootTest.class, attribute = "classes")
    Class<?>[] classes();

    /** Settings as {@code name=value}, for example {@code masumi.roles=query}. */
    @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
    String[] properties() default {};
}
