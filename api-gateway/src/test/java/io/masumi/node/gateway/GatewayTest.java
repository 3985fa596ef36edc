package io.masumi.node.gateway;

import io.masumi.node.testing.FreshDatabase;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;

/** Starts the whole node without a chain on a port of its own, with {@link #ADMIN_KEY} as the admin's key. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, classes = GatewayTest.Node.class, properties = {
        "masumi.encryption-key=an encryption key for tests only", "masumi.admin-key=" + GatewayTest.ADMIN_KEY})
@FreshDatabase
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_CLASS)
public @interface GatewayTest {

    String ADMIN_KEY = "the-admin-key-of-the-tests";

    /** All that the modules contribute. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    class Node {}
}
