package io.duckpond.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of real processes when they are interrupted, or when nobody reads them. */
class SignalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LARGE = 64 << 20;

  /** Of signal 2 in the masks that Linux shows. */
  private static final long SIGINT_BIT = 1 << 1;

  @TempDir private Path temporary;
  private Path folder;
  private CommandLineFixture pond;

  @BeforeEach
  void createPond() {
    folder = temporary.resolve("pond");
    pond = CommandLineFixture.withPond(folder);
  }

  @Test
  void anInterruptedCopyOutLeavesNoUnfinishedFile() throws Exception {
    pond.run("copy", "-q", large().toString(), "pond:/large").ok();
    Path out = Files.createDirectory(temporary.resolve("out"));

    try (JavaProcess copy = JavaProcess.pond(folder, "copy", "pond:/large", out.toString())) {
      await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> !isEmpty(out));
      interrupt(copy);

      assertThat(copy.end()).isEqualTo(130);
      assertThat(copy.errors()).isEmpty();
    }
    assertThat(isEmpty(out)).isTrue();
    pond.run("copy", "-q", "pond:/large", out.toString()).ok();
  }

  @Test
  void anInterruptedCopyInChangesNothing() throws Exception {
    Path large = large();

    try (JavaProcess copy = JavaProcess.pond(folder, "copy", large.toString(), "pond:/large")) {
      await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> !isEmpty(contents()));
      copy.signal("TERM");

      assertThat(copy.end()).isEqualTo(143);
      assertThat(copy.errors()).isEmpty();
    }
    assertThat(pond.run("ls").ok()).isEmpty();
    pond.run("copy", "-q", large.toString(), "pond:/large").ok();
  }

  @Test
  void putIsInterruptedWhileItReads() throws Exception {
    try (JavaProcess put = JavaProcess.pond(folder, "put", "/f")) {
      OutputStream in = put.process().getOutputStream();
      in.write(new byte[1 << 20]);
      in.flush();
      await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> !isEmpty(contents()));
      interrupt(put);

      assertThat(put.end()).isEqualTo(130);
      assertThat(put.errors()).isEmpty();
    }
    assertThat(pond.run("ls").ok()).isEmpty();
    pond.run("put", "--text", "hello", "/f").ok();
  }

  @Test
  void theShellIsInterruptedWithAllThatIsPending() throws Exception {
    try (JavaProcess shell = JavaProcess.pond(folder, "shell")) {
      OutputStream in = shell.process().getOutputStream();
      in.write("touch /kept\nsync\ntouch /pending\nls\n".getBytes(UTF_8));
      in.flush();
      BufferedReader out =
          new BufferedReader(new InputStreamReader(shell.process().getInputStream(), UTF_8));
      assertThat(out.readLine()).startsWith("synced 1 operation");
      assertThat(out.readLine()).isEqualTo("kept");
      assertThat(out.readLine()).isEqualTo("pending");
      interrupt(shell);

      assertThat(shell.end()).isEqualTo(130);
      assertThat(shell.errors()).isEmpty();
    }
    assertThat(pond.run("ls").ok()).isEqualTo("kept\n");
    pond.run("touch", "/more").ok();
  }

  @Test
  void aQueryIsInterruptedWhileItRuns() throws Exception {
    pond.run("touch", "/a", "/b", "/c", "/d", "/e").ok();
    String rows = "select a.path from nodes a, nodes b, nodes c, nodes d, nodes e, nodes f";

    try (JavaProcess query = JavaProcess.pond(folder, "query", "--json", rows)) {
      // Its first row: the rest waits for somebody to read them.
      assertThat(query.process().getInputStream().read()).isEqualTo('{');
      interrupt(query);

      assertThat(query.end()).isEqualTo(130);
      assertThat(query.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ls|-R", "tree|--json", "cat|/f", "show", "query|select * from nodes"})
  void aClosedPipeEndsQuietly(String words) throws Exception {
    pond.run("put", "--text", "x".repeat(200_000), "/f").ok();

    try (JavaProcess verb = JavaProcess.pond(folder, words.split("\\|", -1))) {
      verb.process().getInputStream().close();

      assertThat(verb.end()).isZero();
      assertThat(verb.errors()).isEmpty();
    }
  }

  @Test
  void argumentsThatTheLocaleCannotReadAreRefused() throws Exception {
    try (JavaProcess put =
        JavaProcess.start(
            Main.class,
            Map.of("POND", folder.toString(), "LC_ALL", "C"),
            List.of("-Dsun.jnu.encoding=UTF-8"),
            List.of("touch", "/ü"))) {
      int exitCode = put.end();

      assertThat(put.errors())
          .isIn(
              "",
              "pond: pond: this locale cannot read an argument\n"
                  + "hint: export LC_ALL=C.UTF-8, or start it as bin/pond does\n");
      assertThat(exitCode).isEqualTo(put.errors().isEmpty() ? 0 : 2);
    }
    // A JVM reads it, or says that it cannot: it is never another name.
    assertThat(pond.run("ls").ok()).isIn("", "ü\n");
  }

  /** As Ctrl-C does. */
  private static void interrupt(JavaProcess process) throws Exception {
    assumeThat(ignoresInterrupts())
        .as("these tests were started in the background, where nothing may be interrupted")
        .isFalse();
    process.signal("INT");
  }

  /** Whether a process started from here leaves SIGINT ignored, as Unix wants it to. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
          .anyMatch(ignored -> (ignored & SIGINT_BIT) != 0);
    }
  }

  private Path large() throws IOException {
    byte[] bytes = new byte[LARGE];
    new Random(1).nextBytes(bytes);
    return Files.write(temporary.resolve("large"), bytes);
  }

  private Path contents() {
    return folder.resolve("contents");
  }

  private static boolean isEmpty(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return true;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.noneMatch(Files::isRegularFile);
    }
  }
}
