package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users get wrong: one line, the documented exit code, and nothing lost or half-written. */
class BadInputTest {
  @TempDir private Path temporary;
  private Path folder;
  private CommandLineFixture pond;

  @BeforeEach
  void createPond() {
    folder = temporary.resolve("pond");
    pond = CommandLineFixture.withPond(folder);
    pond.run("mkdir", "/d").ok();
    pond.run("put", "--text", "kept", "/f").ok();
  }

  @Test
  void aDirectoryHasNoContent() {
    pond.run("cat", "/d").fails(1, "pond: /d: is a directory\n");
  }

  @Test
  void missingPathsAreNamed() {
    pond.run("cat", "/no/such").fails(1, "pond: /no/such: no such file\n");
    pond.run("ls", "no").fails(1, "pond: /no: no such file\n");
    pond.run("ls", "/f/x").fails(1, "pond: /f: not a directory\n");
  }

  @Test
  void namesInUseAreKept() {
    pond.run("mkdir", "/f").fails(1, "pond: /f: exists already\n");
    pond.run("mkdir", "-p", "/f").fails(1, "pond: /f: exists already\n");
    pond.run("ln", "-s", "x", "/f").fails(1, "pond: /f: exists already\n");

    assertThat(pond.run("cat", "/f").ok()).isEqualTo("kept");
  }

  @Test
  void aNameOf256BytesIsTooLong() {
    String name = "n".repeat(256);

    Result result = pond.run("touch", "/" + name);

    result.fails(1, "pond: /" + name + ": name of 256 bytes, more than 255\n");
    pond.run("touch", "/" + "n".repeat(255)).ok();
  }

  @Test
  void aDirectoryCannotGoIntoItself() {
    pond.run("mkdir", "/d/e").ok();

    pond.run("mv", "/d", "/d/e").fails(1, "pond: /d: a directory cannot be moved into itself\n");
  }

  @Test
  void initLeavesAloneWhatIsThere() throws IOException {
    Path taken = Files.createDirectory(temporary.resolve("taken"));
    Files.writeString(taken.resolve("mine"), "mine");

    pond.run("init", folder.toString()).fails(1, "pond: " + folder + ": a pond is there already\n");
    pond.run("init", taken.toString()).fails(1, "pond: " + taken + ": directory not empty\n");

    assertThat(taken.toFile().list()).containsExactly("mine");
    assertThat(pond.run("cat", "/f").ok()).isEqualTo("kept");
  }

  @Test
  void noPondIsNoPond() {
    Path none = temporary.resolve("none");

    pond.run("--pond", none.toString(), "ls").fails(1, "pond: " + none + ": no pond there\n");
    assertThat(none).doesNotExist();
  }

  @Test
  void whatAPondCannotHoldIsRefusedBeforeAnythingIsCommitted() throws Exception {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    Files.writeString(tree.resolve("a"), "a");
    run("mkfifo", tree.resolve("fifo").toString());
    String log = pond.run("log").ok();

    Result refused = pond.run("copy", tree.toString(), "pond:/tree");
    Result skipped = pond.run("copy", "--skip-unsupported", tree.toString(), "pond:/tree");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).startsWith("pond: " + tree.resolve("fifo") + ": ");
    assertThat(refused.err().lines().filter(line -> line.startsWith("pond: "))).hasSize(1);
    assertThat(log).startsWith("transaction 3  ");
    assertThat(skipped.exitCode()).isZero();
    assertThat(skipped.err()).startsWith("pond: warning: ").contains("fifo");
    assertThat(pond.run("ls", "/tree").ok()).isEqualTo("a\n");
  }

  @Test
  void aNameThatIsNotUtf8IsRefusedByItsEscapedName() throws Exception {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    run("sh", "-c", "touch \"$(printf 'bad\\377name')\"", tree.toFile());

    Result refused = pond.run("copy", tree.toString(), "pond:/tree");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).startsWith("pond: " + tree + "/bad\\ufffdname: ");
    assertThat(pond.run("ls").ok()).isEqualTo("d\nf\n");
  }

  @Test
  void badSqlIsOneLine() {
    Result result = pond.run("query", "select sise from nodes");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("pond: query: ")
        .contains("sise")
        .contains("did you mean 'size'?");
    assertThat(result.err().lines()).hasSize(1);
  }

  @Test
  void aMisspeltSettingIsRefusedByItsName() {
    Result result = pond.configured("pond.content.inline-limt = 1 KiB").run("ls");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("pond: application.conf: ")
        .contains("pond.content.inline-limt");
    assertThat(result.err().lines()).hasSize(2);
  }

  @Test
  void theInlineLimitMovesAFileOutOfLine() throws IOException {
    pond.configured("pond.content.inline-limit = 1 KiB");

    pond.run("put", "--text", "x".repeat(2048), "/big").ok();

    try (var contents = Files.walk(folder.resolve("contents"))) {
      assertThat(contents.filter(file -> file.getFileName().toString().length() == 64)).hasSize(1);
    }
    assertThat(pond.run("cat", "/big").ok()).hasSize(2048);
  }

  @Test
  void aClosedPipeEndsQuietlyWithSuccess() {
    pond.run("put", "--text", "x".repeat(200_000), "/large").ok();

    assertThat(printTo("Broken pipe", "cat", "/large")).isEqualTo(new Result(0, "", ""));
    assertThat(printTo("Broken pipe", "query", "select repeat('x', 200000)"))
        .isEqualTo(new Result(0, "", ""));
    assertThat(printTo("Broken pipe", "ls")).isEqualTo(new Result(0, "", ""));
    assertThat(printTo("Broken pipe", "cat", "/f")).isEqualTo(new Result(0, "", ""));
  }

  @Test
  void aFullDiskBehindStandardOutputIsAFailure() {
    assertThat(printTo("No space left on device", "cat", "/f"))
        .isEqualTo(new Result(75, "", "pond: standard output: No space left on device\n"));
  }

  private Result printTo(String failure, String... words) {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(failure);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Environment environment =
        new Environment(
            InputStream.nullInputStream(),
            failing,
            err,
            Set.of(),
            Map.of("POND", folder.toString()),
            ConfigFactory::load,
            ZoneOffset.UTC);
    int exitCode = CommandRun.run(environment, List.of(words));
    return new Result(exitCode, "", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void debugAddsTheStackTrace() {
    assertThat(pond.run("--debug", "cat", "/none").err())
        .startsWith("pond: /none: no such file\n")
        .contains("NoSuchFileException", "\tat ");
  }

  private static void run(String... words) throws Exception {
    assertThat(new ProcessBuilder(words).start().waitFor()).isZero();
  }

  private static void run(String shell, String option, String script, File where) throws Exception {
    assertThat(new ProcessBuilder(shell, option, script).directory(where).start().waitFor())
        .isZero();
  }
}
