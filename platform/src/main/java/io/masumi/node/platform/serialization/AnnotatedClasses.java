package io.masumi.node.platform.serialization;

import java.lang.annotation.Annotation;
import java.util.List;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Finds classes by an annotation of their own. */
final class AnnotatedClasses {

    private AnnotatedClasses() {}

    /** In the package and those below it, nested ones too but none within methods. */
    static List<Class<?>> inPackage(String root, Class<? extends Annotation> annotation, ClassLoader loader) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return true;
            }
        };
        scanner.addIncludeFilter(new AnnotationTypeFilter(annotation, false));
        return scanner.findCandidateComponents(root).stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), loader))
                .filter(type -> !type.isLocalClass())
                .toList();
    }
}
