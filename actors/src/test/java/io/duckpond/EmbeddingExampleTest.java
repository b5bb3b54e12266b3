package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddingExampleTest {
  private static final Path SOURCE = Path.of("src/test/java/io/duckpond/EmbeddingExample.java");
  private static final Path README = Path.of("../README.md");

  @TempDir private Path temporary;

  @Test
  void theExampleRunsTwice() throws Exception {
    String folder = temporary.resolve("pond").toString();

    String first = run(folder);
    String second = run(folder);

    assertThat(first).isEqualTo("transaction 2 is durable\nit says: rain\nbefore: 0 entries\n");
    assertThat(second).isEqualTo("transaction 3 is durable\nit says: rain\nbefore: 0 entries\n");
  }

  @Test
  void theReadmeShowsItAsItIs() throws Exception {
    String source = Files.readString(SOURCE);

    String shown = source.substring(source.indexOf("public final class"));

    assertThat(Files.readString(README)).contains(shown);
  }

  private static String run(String folder) throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      EmbeddingExample.main(new String[] {folder});
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
