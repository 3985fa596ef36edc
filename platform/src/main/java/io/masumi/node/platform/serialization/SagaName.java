package io.masumi.node.platform.serialization;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name and revision under which a saga, its associations and its deadlines are stored, whatever its Java class is called.
 *
 * <p>The revision goes up when the stored members change in a way that the new class cannot read. A saga of another revision is
 * not read; it is made anew from the events of its aggregate.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SagaName {

    /** The logical name, unique among all sagas of the node: {@code masumi.saga.<Subject>}. */
    String value();

    /** The revision of the stored form; the first is {@code "1"}. */
    String revision() default "1";
}
