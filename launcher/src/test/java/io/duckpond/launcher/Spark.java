package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Programs that run in Spark, in a process of its own. Spark 4.0 wants JDK 17 or 21: that of the
 * build, or the one that {@code SPARK_JAVA_HOME} names.
 */
final class Spark {
  private static final Path PROGRAM = Path.of("src/test/spark").toAbsolutePath();
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.net",
          "java.nio",
          "java.util",
          "sun.nio.ch",
          "sun.security.action",
          "sun.util.calendar");

  private final Path output;
  private final Path jars = Path.of("target/spark").toAbsolutePath();

  /** Keeps what programs say in {@code folder}; fetches Spark. */
  Spark(Path folder) throws IOException, InterruptedException {
    this.output = folder.resolve("output");
    await(
        start(
            Path.of("../mvnw").toAbsolutePath().toString(),
            "-B",
            "-q",
            "-f",
            PROGRAM.toString(),
            "dependency:copy-dependencies",
            "-DoutputDirectory=" + jars));
  }

  /** Starts a program, which stands in {@code src/test/spark}. */
  Process start(String program, Path... arguments) throws IOException {
    String javaHome =
        System.getenv().getOrDefault("SPARK_JAVA_HOME", System.getProperty("java.home"));
    List<String> java = new ArrayList<>(List.of(Path.of(javaHome, "bin/java").toString()));
    OPENED.forEach(
        opened ->
            Stream.of("--add-opens", "java.base/" + opened + "=ALL-UNNAMED").forEach(java::add));
    java.addAll(List.of("-cp", jars + "/*", PROGRAM.resolve(program + ".java").toString()));
    Stream.of(arguments).map(Path::toString).forEach(java::add);
    return start(java.toArray(String[]::new));
  }

  private Process start(String... words) throws IOException {
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** Waits for a program to end; fails with what it said unless it went well. */
  void await(Process process) throws InterruptedException {
    assertThat(process.waitFor()).as(this::said).isZero();
  }

  /** Returns what the last program has said. */
  String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
