package io.masumi.node.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ContractDocumentTest {

    private static final Path COMMITTED = Path.of("..", "docs", "contract-rules.md");

    /** To be repaired by running this test with {@code -DwriteContractRules=true} and committing the file. */
    @Test
    void committedRulesAndFiguresAreThoseOfTheTests() throws IOException {
        if (Boolean.getBoolean("writeContractRules")) {
            Files.writeString(COMMITTED, ContractDocument.text());
        }
        assertThat(Files.readString(COMMITTED)).isEqualTo(ContractDocument.text());
    }
}
