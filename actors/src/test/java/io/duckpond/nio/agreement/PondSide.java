package io.duckpond.nio.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.Progress;
import io.duckpond.RestoreMode;
import io.duckpond.Transaction;
import io.duckpond.WorkingDirectory;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.nio.PondFileSystems;
import io.duckpond.nio.agreement.Step.Call;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.SortedMap;

/** A pond on a disk in memory, empty at the start of each script, seen as a file system. */
final class PondSide implements AutoCloseable {
  private static final Path FOLDER = Path.of("/memory/agreement");

  private final Machine machine;
  private final PondSettings settings;
  private Pond pond;
  private Seen seen;

  /** A state of the pond that a script changes. */
  private sealed interface Seen {
    FileSystem fileSystem();

    WorkingDirectory root() throws IOException;

    void commit() throws IOException;

    void end() throws IOException;
  }

  /** Each change is a transaction. */
  private record Present(Pond pond, FileSystem fileSystem) implements Seen {
    @Override
    public WorkingDirectory root() throws IOException {
      return pond.view().root();
    }

    @Override
    public void commit() {}

    @Override
    public void end() throws IOException {
      fileSystem.close();
    }
  }

  /** Changes wait for a commit. */
  private record InTransaction(Transaction transaction, FileSystem fileSystem) implements Seen {
    @Override
    public WorkingDirectory root() {
      return transaction.root();
    }

    @Override
    public void commit() throws IOException {
      var unused = transaction.commit();
    }

    @Override
    public void end() throws IOException {
      commit();
      fileSystem.close();
      transaction.close();
    }
  }

  PondSide(Clock clock) throws IOException {
    Machine usual = Machine.with(new MemoryDisk());
    machine = new Machine(usual.disk(), clock, usual.random(), usual.threads());
    settings =
        PondSettings.from(
            ConfigFactory.parseString("pond.log.merge-fan-in = 3")
                .withFallback(ConfigFactory.load()));
    pond = Pond.create(machine, FOLDER, settings, CommitInfo.NONE);
    seen = present();
  }

  private Seen present() {
    return new Present(pond, PondFileSystems.of(pond));
  }

  private Seen transaction() throws IOException {
    Transaction transaction = pond.begin();
    return new InTransaction(transaction, PondFileSystems.of(transaction));
  }

  /** Begins a script with nothing but the root. */
  void begin(boolean inTransaction) throws IOException {
    seen = inTransaction ? transaction() : present();
    if (inTransaction) {
      clear(seen.root());
    } else {
      pond.transact(PondSide::clear, 1);
    }
  }

  private static boolean clear(WorkingDirectory root) throws IOException {
    for (EntryName name : root.list("/").keySet()) {
      root.removeRecursively("/" + name);
    }
    return true;
  }

  /** Ends a script; returns the newest state by {@code java.nio.file}. */
  SortedMap<String, String> end() throws IOException {
    seen.end();
    try (FileSystem committed = PondFileSystems.of(pond, pond.view())) {
      return TreePicture.of(committed);
    }
  }

  FileSystem fileSystem() {
    return seen.fileSystem();
  }

  SortedMap<String, String> picture() throws IOException {
    return TreePicture.of(seen.root());
  }

  Outcome make(Call call) throws IOException {
    return Outcome.of(() -> new NioCalls(seen.fileSystem()).make(call));
  }

  void keepUp(Step.Upkeep what) throws IOException {
    seen.commit();
    switch (what) {
      case COMMIT -> {}
      case RESTART -> restart();
      case RESTORE ->
          assertThat(pond.restore(RestoreMode.VERIFY, Progress.NONE).txnSeq())
              .isEqualTo(pond.view().txnSeq());
      case COMPACTION -> {
        var unused = pond.maintain();
      }
    }
  }

  private void restart() throws IOException {
    boolean inTransaction = seen instanceof InTransaction;
    seen.end();
    pond.close();
    pond = Pond.open(machine, FOLDER, settings);
    seen = inTransaction ? transaction() : present();
  }

  @Override
  public void close() {
    pond.close();
  }
}
