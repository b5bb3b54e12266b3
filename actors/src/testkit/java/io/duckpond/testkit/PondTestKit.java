package io.duckpond.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.WorkingDirectory;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/**
 * A real pond on a disk in memory that outlives each opening: what a test commits is validated,
 * serialized, committed, recovered and read as it will be, but leaves no file and waits for no
 * disk.
 *
 * <pre>{@code
 * try (PondTestKit kit = new PondTestKit()) {
 *   new Reports(kit.pond()).publish("november", "rain");
 *   kit.restart();
 *   assertEquals("rain", kit.text("/reports/november"));
 * }
 * }</pre>
 *
 * For one thread, the test's; the pond's users are free to run meanwhile.
 */
public final class PondTestKit implements AutoCloseable {
  private static final Path FOLDER = Path.of("/pond");

  private final Config config;
  private final PondSettings settings;
  private final ShiftedClock clock = new ShiftedClock();
  private MemoryDisk memory = new MemoryDisk();
  private RefusingDisk disk = refusing(memory);
  private Pond pond;
  private Optional<ActorTestKit> actors = Optional.empty();

  /** Creates an empty pond with the settings of the class path's configuration. */
  public PondTestKit() {
    this(ConfigFactory.empty());
  }

  /**
   * Creates an empty pond.
   *
   * @param overrides what its configuration, and that of {@link #actors}, says beyond the defaults
   */
  public PondTestKit(Config overrides) {
    this.config = overrides.withFallback(ConfigFactory.load()).resolve();
    this.settings = PondSettings.from(config);
    this.pond = create();
  }

  private static RefusingDisk refusing(Disk disk) {
    return new RefusingDisk(disk, FOLDER.resolve("oplog"));
  }

  private Machine machine() {
    Machine real = Machine.with(disk);
    return new Machine(disk, clock, real.random(), real.threads());
  }

  private Pond create() {
    try {
      return Pond.create(machine(), FOLDER, settings, new CommitInfo("test", "", ""));
    } catch (IOException e) {
      throw new AssertionError("a disk in memory refuses a new pond", e);
    }
  }

  /** Returns the pond that is open now; another one after {@link #restart}. */
  public Pond pond() {
    return pond;
  }

  /** Closes the pond, as its process would at its end, and opens it again. */
  public Pond restart() {
    pond.close();
    return open();
  }

  /**
   * Opens the pond as another process finds it when the first was killed at this instant: what is
   * not committed is gone, what was written for it is litter. The first one is closed, unseen.
   */
  public Pond kill() {
    Pond killed = pond;
    memory = memory.copy();
    disk = refusing(memory);
    Pond next = open();
    killed.close();
    return next;
  }

  private Pond open() {
    try {
      pond = Pond.open(machine(), FOLDER, settings);
      return pond;
    } catch (IOException e) {
      throw new AssertionError("the pond cannot be opened again: " + e.getMessage(), e);
    }
  }

  /** Closes the pond and creates an empty one in its stead. */
  public Pond clearAll() {
    pond.close();
    memory = new MemoryDisk();
    disk = refusing(memory);
    pond = create();
    return pond;
  }

  /** Returns the disk in memory, for those who damage it; not to be written while it is in use. */
  public MemoryDisk disk() {
    return memory;
  }

  /** Returns the newest committed state. */
  public WorkingDirectory root() throws IOException {
    return pond.view().root();
  }

  /** Returns the state after a transaction; that of its creation is number 1. */
  public WorkingDirectory asOf(long txnSeq) throws IOException {
    return pond.asOf(txnSeq).root();
  }

  /** Returns the state at an instant, by the kit's clock. */
  public WorkingDirectory asOf(Instant instant) throws IOException {
    return pond.asOf(instant).root();
  }

  /** Returns the time by the kit's clock, which is the system's until it is put forward. */
  public Instant now() {
    return clock.instant();
  }

  /** Puts the kit's clock forward, or back if {@code time} is negative; nobody waits for it. */
  public void putClockForward(Duration time) {
    clock.shift(time);
  }

  /** Commits a file with its missing parents, as one transaction; what is there gets a version. */
  public void put(String path, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int name = path.lastIndexOf('/');
    pond.transact(
        root -> {
          root.createDirectories(name <= 0 ? "/" : path.substring(0, name));
          return root.write(path, new ByteArrayInputStream(bytes));
        },
        1);
  }

  /** Returns the committed text of a file. */
  public String text(String path) throws IOException {
    return new String(root().readBytes(path), StandardCharsets.UTF_8);
  }

  /**
   * Returns the committed tree, to be compared: absolute path to text, to {@code -> target} of a
   * symbolic link, and of a directory, whose path ends in a slash, to nothing.
   */
  public SortedMap<String, String> tree() throws IOException {
    WorkingDirectory root = root();
    SortedMap<String, String> tree = new TreeMap<>();
    for (Map.Entry<String, Entry> node : root.walk("/").entrySet()) {
      String path = "/" + node.getKey();
      if (node.getValue() instanceof Entry.Directory) {
        tree.put(path + "/", "");
      } else if (node.getValue() instanceof Entry.Symlink link) {
        tree.put(path, "-> " + link.target());
      } else {
        tree.put(path, new String(root.readBytes(path), StandardCharsets.UTF_8));
      }
    }
    return tree;
  }

  /**
   * Has the next writes of commits fail as a broken disk would have them, with all transactions
   * that share each: nothing of them is stored.
   */
  public void failNextWrites(int commits) {
    disk.refuseCommits(commits);
  }

  /** Has the next attempts to open a file of the log or a content fail. */
  public void failNextReads(int files) {
    disk.refuseReads(files);
  }

  /** Returns a kit for the actors of the service under test; it lasts until this one is closed. */
  public ActorTestKit actors() {
    ActorTestKit kit = actors.orElseGet(() -> ActorTestKit.create("pond-test", config));
    actors = Optional.of(kit);
    return kit;
  }

  /** Ends the actors, then closes the pond; nothing is left. */
  @Override
  public void close() {
    actors.ifPresent(ActorTestKit::shutdownTestKit);
    actors = Optional.empty();
    pond.close();
  }
}
