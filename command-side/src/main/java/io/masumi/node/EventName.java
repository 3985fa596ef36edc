package io.masumi.node;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name and revision under which an event is stored for ever, whatever its Java class is called.
 *
 * <p>A name reads {@code masumi.<subject>.<PastTense>} and is never reused for another meaning. This is how a stored event's
 * members change:
 *
 * <ul>
 * <li>A member that may be missing is added without more: null where it is missing, and left out where it is null. Readers pass by
 * members that they do not know. The example without it moves to {@code events-before} of {@code StoredEventsTest}.
 * <li>For every other change (a member goes, has another form or meaning, or must be there) the revision goes up, and an upcaster
 * brings what is stored forward. The old example moves to {@code EarlierRevisionsTest} of the platform, which holds the upcasters;
 * {@code FactsUndone} is one to begin with.
 * </ul>
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
