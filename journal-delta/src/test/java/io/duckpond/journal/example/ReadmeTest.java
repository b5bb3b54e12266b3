package io.duckpond.journal.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows compiles, and runs in {@code DeltaJournalTestKitTest}. */
final class ReadmeTest {
  @Test
  void theExampleIsTheCodeThatIsTested() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/io/duckpond/journal/example/Account.java"));

    assertThat(Files.readString(Path.of("README.md")))
        .contains("```java\n" + source.substring(source.indexOf("/** An account")) + "```\n");
  }
}
