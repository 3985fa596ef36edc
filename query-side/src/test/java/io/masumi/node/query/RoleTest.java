package io.masumi.node.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.testing.NodeTest;
import org.axonframework.config.EventProcessingConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Tag("slow")
@NodeTest(classes = QuerySide.class, properties = "masumi.roles=command")
class RoleTest {

    @Autowired
    private EventProcessingConfiguration processing;

    @Test
    void aProcessOfAnotherRoleKeepsNoViews() {
        assertThat(processing.eventProcessors().keySet()).noneMatch(name -> name.endsWith("-view"));
    }
}
