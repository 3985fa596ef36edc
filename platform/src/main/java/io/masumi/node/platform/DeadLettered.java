package io.masumi.node.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts an event aside that a handler of this component fails on, together with all later ones of its aggregate, and lets the
 * component's processing group go on with the others. Without it a failing event holds the group up, and is tried again
 * until it passes: right for projections and sagas, which must not skip any.
 *
 * <p>The component names its group with {@code @ProcessingGroup}; one such component puts the whole group's failures aside.
 * Letters are tried again through {@code eventProcessingConfiguration.sequencedDeadLetterProcessor(group)}. Sagas have no
 * dead letters in Axon.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DeadLettered {
}
