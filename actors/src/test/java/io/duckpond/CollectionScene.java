package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Ponds with large contents, committed and not, for collections to tell apart. */
final class CollectionScene {
  static final Path FOLDER = Path.of("/pond");
  static final Path CONTENTS = FOLDER.resolve("contents");
  static final PondSettings SETTINGS =
      PondSettings.from(
          ConfigFactory.parseString("pond.content.inline-limit = 100, pond.lock.wait = 0s")
              .withFallback(ConfigFactory.load())
              .resolve());

  private CollectionScene() {}

  static Pond create(Disk disk) throws IOException {
    return Pond.create(Machine.with(disk), FOLDER, SETTINGS, CommitInfo.NONE);
  }

  static Pond open(Disk disk) throws IOException {
    return Pond.open(Machine.with(disk), FOLDER, SETTINGS);
  }

  /** Returns bytes that are large, and the same for the same number; every fifth has blocks. */
  static byte[] large(int number) {
    byte[] bytes = new byte[number % 5 == 0 ? (1 << 20) + 9 : 200];
    new Random(number).nextBytes(bytes);
    return bytes;
  }

  static InputStream stream(int number) {
    return new ByteArrayInputStream(large(number));
  }

  static void write(Pond pond, String path, int number) throws IOException {
    pond.transact(root -> root.write(path, stream(number)), 1);
  }

  /** Takes contents in, and gives them up. */
  static void abort(Pond pond, int... numbers) throws IOException {
    try (Transaction transaction = pond.begin()) {
      for (int number : numbers) {
        transaction.root().write("/given up " + number, stream(number));
        assertThat(transaction.root().readBytes("/given up " + number)).isEqualTo(large(number));
      }
    }
  }

  /** Versions, a removed file, a series and a copy, all of large contents. */
  static void fill(Pond pond) throws IOException {
    write(pond, "/a", 1);
    write(pond, "/a", 5);
    write(pond, "/removed", 2);
    pond.root().copy("/a", "/copy");
    pond.transact(
        root -> {
          root.remove("/removed");
          root.append("/series", stream(3));
          return root.append("/series", stream(10));
        },
        1);
  }

  /** Returns what every state of the pond holds: paths by transaction, and a digest of each. */
  static SortedMap<String, Integer> history(Pond pond) throws IOException {
    SortedMap<String, Integer> found = new TreeMap<>();
    Map<Sha256, Integer> read = new HashMap<>(); // hashing a content takes most of the time here
    long newest = pond.view().txnSeq();
    for (long txnSeq = 1; txnSeq <= newest; txnSeq++) {
      WorkingDirectory root = pond.asOf(txnSeq).root();
      for (String path : List.of("/a", "/removed", "/copy", "/series", "/b")) {
        try {
          Sha256 content = ((Entry.File) root.metadata(path)).sha256();
          if (!read.containsKey(content)) {
            read.put(content, Arrays.hashCode(root.readBytes(path)));
          }
          found.put(txnSeq + " " + path, read.get(content));
        } catch (NoSuchFileException e) {
          continue;
        }
      }
    }
    return found;
  }

  static CheckReport check(Disk disk) throws IOException {
    return PondCheck.run(Machine.with(disk), FOLDER, CheckMode.DEEP, Progress.NONE);
  }

  /** Returns what a check finds in {@code contents/} that nothing refers to. */
  static List<String> leftovers(Disk disk) throws IOException {
    CheckReport report = check(disk);
    assertThat(report.findings()).noneMatch(Finding::damage);
    return report.findings().stream()
        .map(Finding::subject)
        .filter(subject -> subject.startsWith("contents/"))
        .toList();
  }

  /** Something that happens before an operation on a disk, once. */
  interface Interruption {
    void run() throws IOException;
  }

  /** A disk whose user is stopped at one operation for something else to happen. */
  static final class InterruptedDisk extends ForwardingDisk {
    private final Map<String, Interruption> pending = new TreeMap<>();

    InterruptedDisk(Disk disk) {
      super(disk);
    }

    /** Before the first {@code operation} on a path with {@code part} in it. */
    void before(String operation, String part, Interruption interruption) {
      synchronized (pending) {
        pending.put(operation + " " + part, interruption);
      }
    }

    boolean isOver() {
      synchronized (pending) {
        return pending.isEmpty();
      }
    }

    @Override
    protected void before(String operation, Path path) throws IOException {
      Interruption due = null;
      synchronized (pending) {
        for (String wanted : List.copyOf(pending.keySet())) {
          int space = wanted.indexOf(' ');
          if (operation.equals(wanted.substring(0, space))
              && path.toString().contains(wanted.substring(space + 1))) {
            due = pending.remove(wanted);
          }
        }
      }
      if (due != null) {
        due.run();
      }
    }
  }
}
