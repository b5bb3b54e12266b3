package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintainTest {
  @TempDir private Path temporary;

  private Path folder;
  private CommandLineFixture pond;

  @BeforeEach
  void makePond() {
    folder = temporary.resolve("pond");
    pond = CommandLineFixture.withPond(folder);
    pond.run("mkdir", "/a").ok();
    pond.run("put", "--text", "hello", "/a/f").ok();
    pond.runWithInput("large".repeat(40_000), "put", "/a/large").ok();
  }

  /** What a process leaves that is killed between a content and its commit. */
  private Path orphan() throws IOException {
    Path orphan = folder.resolve("contents/ab/" + "ab".repeat(32));
    Files.createDirectories(orphan.getParent());
    Files.writeString(orphan, "nobody's");
    Files.writeString(folder.resolve("contents/tmp-half"), "half");
    return orphan;
  }

  @Test
  void itSumsUpWhatWasMergedAndRemovedAndTheTreeIsTheSame() throws IOException {
    Path orphan = orphan();
    String before = contentRoot();

    assertThat(pond.run("maintain").ok())
        .matches(
            """
            transaction   4
            log           1 data file, [^;]*; before: 4 data files, .*
            collected     1 content, 1 leftover, 12 B
            took          \\d+ ms
            content root  %s
            """
                .formatted(before));
    assertThat(orphan).doesNotExist();
    assertThat(pond.run("fsck", "--deep").ok()).contains("\nresult        no damage\n");
    assertThat(pond.run("cat", "/a/large").ok()).isEqualTo("large".repeat(40_000));
    assertThat(pond.run("cat", "--as-of", "3", "/a/f").ok()).isEqualTo("hello");
  }

  private String contentRoot() {
    String json = pond.run("restore", "--json").ok();
    return json.replaceAll("(?s).*\"content_root\":\"([0-9a-f]+)\".*", "$1");
  }

  @Test
  void itDoesOnlyWhatItIsToldTo() throws IOException {
    Path orphan = orphan();

    assertThat(pond.run("maintain", "--checkpoint").ok())
        .contains("\nlog           4 data files, ", "\ncollected     0 contents, ");
    assertThat(orphan).exists();
    assertThat(pond.run("maintain", "--vacuum", "--json").ok())
        .startsWith("{\"txn_seq\":4,\"files_before\":4,")
        .contains("\"files\":4,", "\"collected_contents\":1,", "\"content_root\":\"");
    assertThat(pond.run("maintain", "--compact").ok()).contains("\nlog           1 data file, ");
  }

  @Test
  void itNeedsTheLockAndAPlaceToWrite() throws IOException {
    try (HeldLock held = HeldLock.of(folder)) {
      Result result = pond.run("maintain", "--lock-wait", "0");
      assertThat(result.exitCode()).isEqualTo(75);
      assertThat(result.err()).startsWith("pond: maintain: ").contains("--lock-wait");
      assertThat(result.out()).isEmpty();
      assertThat(held.isHeld()).isTrue();
    }
    assertThat(pond.run("maintain", "--as-of", "2").exitCode()).isEqualTo(2);
    assertThat(pond.run("maintain", "/a").exitCode()).isEqualTo(2);
    String nowhere = temporary.resolve("nowhere").toString();
    pond.run("maintain", "--pond", nowhere).fails(1, "pond: " + nowhere + ": no pond there\n");
  }

  @Test
  void inTheShellWhatIsPendingStays() {
    String out =
        pond.runWithInput("put --text pending /p\nmaintain\ncat /p\nsync\n", "shell").out();

    assertThat(out).contains("\ncollected     0 contents, ", "pending");
    assertThat(pond.run("cat", "/p").ok()).isEqualTo("pending");
  }
}
