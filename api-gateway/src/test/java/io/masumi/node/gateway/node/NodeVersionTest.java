package io.masumi.node.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeVersionTest {

    @Test
    void saysWhatWasBuiltAndFromWhichCommit() {
        assertThat(NodeVersion.text()).matches("masumi-node \\d+\\.\\d+\\.\\d+\\S* \\(commit \\w+\\)");
    }
}
