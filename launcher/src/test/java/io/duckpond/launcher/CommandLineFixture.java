package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs verbs as a process would, and holds what came of it. */
final class CommandLineFixture {
  private final Map<String, String> variables = new HashMap<>();
  private Set<Environment.Stream> terminals = EnumSet.noneOf(Environment.Stream.class);
  private Config configuration = ConfigFactory.load();

  /** What a run printed and how it ended. */
  record Result(int exitCode, String out, String err) {

    /** Asserts success, with nothing on standard error, and returns standard output. */
    String ok() {
      assertThat(err).isEmpty();
      assertThat(exitCode).isZero();
      return out;
    }

    /** Asserts an exit code and exactly these words on standard error, and nothing printed. */
    void fails(int expectedCode, String expectedErr) {
      assertThat(err).isEqualTo(expectedErr);
      assertThat(exitCode).isEqualTo(expectedCode);
      assertThat(out).isEmpty();
    }
  }

  /** A world without a pond. */
  static CommandLineFixture bare() {
    return new CommandLineFixture();
  }

  /** A world with a fresh pond in {@code folder}. */
  static CommandLineFixture withPond(Path folder) {
    CommandLineFixture fixture = bare().variable("POND", folder.toString());
    assertThat(fixture.run("init", folder.toString()).exitCode()).isZero();
    return fixture;
  }

  CommandLineFixture variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  CommandLineFixture terminal(Environment.Stream... streams) {
    terminals = Set.of(streams);
    return this;
  }

  CommandLineFixture configured(String hocon) {
    configuration = ConfigFactory.parseString(hocon).withFallback(ConfigFactory.load()).resolve();
    return this;
  }

  Result run(String... words) {
    return runWithInput("", words);
  }

  Result runWithInput(String input, String... words) {
    return runWithInput(input.getBytes(StandardCharsets.UTF_8), words);
  }

  Result runWithInput(byte[] input, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Environment environment =
        new Environment(
            new ByteArrayInputStream(input),
            out,
            err,
            terminals,
            variables,
            () -> configuration,
            ZoneOffset.UTC);
    int exitCode = CommandRun.run(environment, List.of(words));
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
