package io.duckpond;

import io.duckpond.content.ContentStore;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.Stopwatch;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.oplog.Oplog;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.restore.ContentRoot;
import io.duckpond.restore.LogSource;
import io.duckpond.restore.RestoreScan;
import io.duckpond.view.CommittedStates;
import io.duckpond.view.Published;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** One restore: the log into fresh states, beside those that are read meanwhile. */
final class RestoreRun {
  private final Oplog oplog;
  private final ContentStore contents;
  private final CommittedStates states;
  private final Threads threads;
  private final Progress progress;
  private final Stopwatch stopwatch;

  RestoreRun(
      Oplog oplog,
      ContentStore contents,
      CommittedStates states,
      Threads threads,
      Clock clock,
      Progress progress) {
    this.oplog = oplog;
    this.contents = contents;
    this.states = states;
    this.threads = threads;
    this.progress = progress;
    this.stopwatch = Stopwatch.start(clock);
  }

  /** What is done with the directories that were rebuilt, as rewriting {@code snapshots/}. */
  @FunctionalInterface
  interface Rewriting {
    /** Returns why snapshots were not rewritten; empty if they were, or were not to be. */
    Optional<String> run(Map<NodeId, Published> directories);
  }

  /** Puts the newest states in place of those in memory once all of it is right. */
  RestoreReport run(long txnSeq, RestoreMode mode, Rewriting snapshots) throws IOException {
    return replay(
        txnSeq,
        mode,
        restored -> {
          states.replaceAll(restored, txnSeq);
          return mode == RestoreMode.LOG ? snapshots.run(restored) : Optional.empty();
        });
  }

  /** Only looks whether the state after a transaction can be rebuilt. */
  RestoreReport rehearse(long txnSeq, RestoreMode mode) throws IOException {
    return replay(txnSeq, mode, restored -> Optional.empty());
  }

  private RestoreReport replay(long txnSeq, RestoreMode mode, Rewriting end) throws IOException {
    RestoreScan.Restored restored =
        RestoreScan.run(
            oplog,
            txnSeq,
            threads.work(),
            threads.parallelism(),
            events -> progress.at("events", events, 0));
    progress.at("events", restored.events(), restored.read().bytes());
    long rest = oplog.verifyUnreplayed(threads.work(), threads.parallelism()).bytes();
    progress.at("contents in the log", restored.events(), rest);
    long large = 0;
    if (mode == RestoreMode.VERIFY) {
      oplog.verifyLog(threads.work(), threads.parallelism());
      large = verifyContents(txnSeq);
    }
    LogSource source = new LogSource(oplog, contents, threads.work(), threads.parallelism());
    CommittedStates fresh = new CommittedStates(source, txnSeq);
    fresh.replaceAll(restored.directories(), txnSeq);
    Sha256 contentRoot = ContentRoot.of(fresh.newest());
    Optional<String> left = end.run(restored.directories());
    return new RestoreReport(
        txnSeq,
        restored.partitions(),
        restored.events(),
        restored.read().bytes() + rest + large,
        stopwatch.elapsed(),
        contentRoot,
        left);
  }

  /** Reads every large content that any version in the log names, each once; returns the bytes. */
  private long verifyContents(long txnSeq) throws IOException {
    Map<Sha256, OplogEntry.LargeFile> named = new ConcurrentHashMap<>();
    oplog.replayAll(txnSeq, threads.work(), threads.parallelism(), event -> collect(event, named));
    AtomicLong files = new AtomicLong();
    AtomicLong bytes = new AtomicLong();
    List<CompletableFuture<Void>> checks = new ArrayList<>();
    for (OplogEntry.LargeFile large : named.values()) {
      checks.add(
          Stages.call(
              () -> {
                verify(large);
                progress.at("contents", files.incrementAndGet(), bytes.addAndGet(large.size()));
                return null;
              },
              threads.work()));
    }
    for (CompletableFuture<Void> check : checks) {
      threads.await(check);
    }
    return bytes.get();
  }

  private static void collect(LoggedEvent event, Map<Sha256, OplogEntry.LargeFile> named) {
    for (OplogEntry row : event.event().entries()) {
      if (row instanceof OplogEntry.LargeFile large) {
        named.putIfAbsent(large.sha256(), large);
      }
    }
  }

  private void verify(OplogEntry.LargeFile large) throws IOException {
    contents.verify(
        large.sha256(),
        large.blocks(),
        large.size(),
        "version " + large.version() + " of file " + large.node());
  }
}
