package io.duckpond.journal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteLockTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  @TempDir private Path pond;

  private final Disk disk = new RealDisk();

  private WriteLock acquire(Duration wait, String command) throws Exception {
    Machine real = Machine.with(disk);
    Machine machine = new Machine(disk, CLOCK, real.random(), real.threads());
    return WriteLock.acquire(machine, pond.resolve("write.lock"), wait, command);
  }

  @Test
  void timeOutNamesTheHolder() throws Exception {
    try (WriteLock held = acquire(Duration.ZERO, "put /a")) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> acquire(Duration.ofMillis(120), "put /b"))
          .isInstanceOf(JournalException.class)
          .hasMessageMatching(
              pond
                  + " is being written by pid "
                  + ProcessHandle.current().pid()
                  + " \\(put /a\\) on host \\S+ since 2026-01-02T03:04:05Z; .*--lock-wait.*");
    }
    assertThat(pond.resolve("write.lock.holder")).doesNotExist();
    acquire(Duration.ZERO, "put /b").close();
  }

  @Test
  void holderIsNamedToThoseWhoOnlyAskUnlessItsProcessIsGone() throws Exception {
    Path lockFile = pond.resolve("write.lock");
    Path holderFile = pond.resolve("write.lock.holder");
    assertThat(WriteLock.holder(disk, lockFile)).isEmpty();

    try (WriteLock held = acquire(Duration.ZERO, "put /a")) {
      assertThat(held).isNotNull();
      assertThat(WriteLock.holder(disk, lockFile)).get().asString().contains("(put /a)");

      String holder = Files.readString(holderFile);
      Files.writeString(holderFile, holder.replaceFirst("\"pid\":\\d+", "\"pid\":99999999"));
      assertThat(WriteLock.holder(disk, lockFile)).isEmpty();
    }
    assertThat(WriteLock.holder(disk, lockFile)).isEmpty();
  }

  @Test
  void waitsUntilTheLockIsFree() throws Exception {
    WriteLock held = acquire(Duration.ZERO, "first");
    CompletableFuture<WriteLock> waiting = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                waiting.complete(acquire(Duration.ofSeconds(30), "second"));
              } catch (Exception e) {
                waiting.completeExceptionally(e);
              }
            });
    thread.start();
    assertThatThrownBy(() -> waiting.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);

    held.close();

    waiting.get(20, TimeUnit.SECONDS).close();
    thread.join();
  }

  @Test
  void holderThatCannotBeReadIsNoReasonToFailOtherwise() throws Exception {
    try (WriteLock held = acquire(Duration.ZERO, "first")) {
      assertThat(held).isNotNull();
      Files.writeString(pond.resolve("write.lock.holder"), "garbage");

      assertThatThrownBy(() -> acquire(Duration.ZERO, "second"))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("another process");
    }
  }
}
