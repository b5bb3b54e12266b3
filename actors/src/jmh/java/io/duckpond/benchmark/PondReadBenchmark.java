package io.duckpond.benchmark;

import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.Transaction;
import io.duckpond.WorkingDirectory;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** P7: a committed state of a pond, loaded; every path is given as text. */
@State(Scope.Benchmark)
public class PondReadBenchmark {
  private final String[] files = BenchmarkTree.fileScript();
  private final String[] directories = BenchmarkTree.directoryScript();
  private Pond pond;
  private WorkingDirectory root;

  /** Where a thread is in the scripts. */
  @State(Scope.Thread)
  public static class Position {
    private int at;

    String next(String[] script) {
      return script[at++ & (script.length - 1)];
    }
  }

  /** Makes the pond, on a disk in memory. */
  @Setup
  public void make() throws IOException {
    pond =
        Pond.create(
            Machine.with(new MemoryDisk()), Path.of("/pond"), PondSettings.load(), CommitInfo.NONE);
    try (Transaction transaction = pond.begin()) {
      for (String directory : BenchmarkTree.directories()) {
        transaction.root().createDirectory(directory);
        for (String file : BenchmarkTree.files(directory)) {
          transaction.root().touch(directory + "/" + file);
        }
      }
      transaction.commit();
    }
    root = pond.view().root();
    root.loadBelow("/");
  }

  /** Finds a file. */
  @Benchmark
  public boolean lookup(Position position) throws IOException {
    return root.exists(position.next(files));
  }

  /** Returns what is known of a file. */
  @Benchmark
  public long stat(Position position, Blackhole hole) throws IOException {
    Entry entry = root.metadata(position.next(files));
    hole.consume(entry.type());
    return entry.attributes().modifiedNanos();
  }

  /** Goes through the names of a directory. */
  @Benchmark
  public void list(Position position, Blackhole hole) throws IOException {
    for (Map.Entry<EntryName, Entry> entry : root.list(position.next(directories)).entrySet()) {
      hole.consume(entry.getKey());
    }
  }

  /** Closes the pond. */
  @TearDown
  public void close() {
    pond.close();
  }
}
