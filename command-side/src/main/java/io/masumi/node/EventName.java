package io.masumi.node;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name and revision under which an event is stored for ever, whatever its Java class is called.
 *
 * <p>A name reads {@code masumi.<subject>.<PastTense>} and is never reused for another meaning. The revision goes up when
 * the stored members change in a way that old readers would misunderstand; an upcaster then brings old events forward.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventName {

    /** The logical name, unique among all events of the node. */
    String value();

    /** The revision of the stored form; the first is {@code "1"}. */
    String revision() default "1";
}
