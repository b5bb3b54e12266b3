package io.duckpond.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.Pond;
import io.duckpond.Transaction;
import io.duckpond.journal.disk.SimulatedDisk;
import java.nio.file.ClosedFileSystemException;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class SimulatedProcessTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  @Test
  void aCommitThatTheCloseOvertakesIsAnswered() throws Exception {
    PlayedThreads threads = new PlayedThreads(1, START);
    SimulatedDisk disk = new SimulatedDisk(threads.clock());
    try (SimulatedProcess process = new SimulatedProcess(disk, threads, 1)) {
      process.create().close();
      Pond pond = process.open();
      Transaction transaction = pond.begin();
      transaction.root().createDirectory("/d");

      CompletionStage<CommitResult> first = transaction.commitAsync(CommitInfo.NONE);
      pond.close();
      threads.runAll();

      assertThat(first.toCompletableFuture())
          .isCompletedExceptionally()
          .failsWithin(java.time.Duration.ZERO)
          .withThrowableThat()
          .withCauseInstanceOf(ClosedFileSystemException.class);
      Pond again = process.open();
      assertThat(again.view().root().exists("/d")).isFalse();
      again.close();
    }
  }
}
