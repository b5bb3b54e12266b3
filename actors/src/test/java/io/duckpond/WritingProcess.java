package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskLock;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Lease;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A process that makes a number of changes to a pond, each a new file in a directory of its own,
 * and writes one line for whatever it is told: {@code done i}, {@code failed i why}, {@code unknown
 * i why}. What has failed it does again, on the pond opened anew.
 *
 * <p>One that is to be stopped keeps the pond open until it fails. It says {@code ready i} at two
 * of its changes, once within the commit and once before it, and goes on when it is sent a line.
 */
final class WritingProcess {
  private static final int MOST_IN_A_ROW = 60;
  private static final int MOST_PAUSE_MILLIS = 4_000;

  private static final int STOP_IN_COMMIT = 20;
  private static final int STOP_BEFORE_COMMIT = 40;

  /** The changes at which one that is to be stopped waits. */
  static final List<Integer> STOPS = List.of(STOP_IN_COMMIT, STOP_BEFORE_COMMIT);

  private final Path folder;
  private final String name;
  private final int changes;
  private final Manner manner;
  private final Machine machine;
  private final Random random;
  private final PondSettings settings;
  private int reached;
  private volatile boolean stopsInCommit;

  /** How a process goes about it. */
  enum Manner {
    /** Heeds the write lock. */
    LOCKED,
    /** Takes every lock for granted, as do the others. */
    UNLOCKED,
    /** Likewise, and waits to be stopped. */
    STOPPED
  }

  private WritingProcess(String[] arguments) {
    this.folder = Path.of(arguments[0]);
    this.name = arguments[1];
    this.changes = Integer.parseInt(arguments[2]);
    this.manner = Manner.valueOf(arguments[3]);
    this.machine = manner == Manner.LOCKED ? Machine.real() : Machine.with(withoutLock());
    this.random = new Random(Long.parseLong(arguments[4]));
    this.settings = PondSettings.load().withLockWait(Duration.ofSeconds(120)).withCommand(name);
  }

  /** The disk on which everybody gets the writer's lock; leases are what they are. */
  private Disk withoutLock() {
    return new ForwardingDisk(new RealDisk()) {
      @Override
      public Optional<DiskLock> tryLock(Path file) throws IOException {
        boolean isLease = Lease.idIn(file.getFileName().toString()).isPresent();
        return isLease ? super.tryLock(file) : Optional.of(() -> {});
      }

      @Override
      protected void before(String operation, Path path) throws IOException {
        if (stopsInCommit && operation.equals("link") && path.toString().endsWith(".json")) {
          stopsInCommit = false;
          waitToBeStopped(STOP_IN_COMMIT);
        }
      }
    };
  }

  private static void waitToBeStopped(int number) throws IOException {
    say("ready", number, "");
    if (System.in.read() < 0) {
      throw new IllegalStateException("left alone");
    }
  }

  /**
   * Starts one.
   *
   * @param options of the JVM
   * @param told where its lines go
   */
  static Process start(
      List<String> options,
      Path folder,
      String name,
      int changes,
      Manner manner,
      long seed,
      Path told)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "-Xmx160m"));
    // Many short-lived JVMs on few cores: the optimising compiler and its threads do not pay.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(WritingProcess.class.getName(), folder.toString(), name));
    command.addAll(List.of(String.valueOf(changes), manner.name()));
    command.add(String.valueOf(seed));
    return new ProcessBuilder(command)
        .redirectOutput(told.toFile())
        .redirectError(new File(told + ".err"))
        .start();
  }

  /** Returns the lines of a process that begin with a word, without it. */
  static List<String> told(Path lines, String word) throws IOException {
    String all = Files.readString(lines);
    return all.substring(0, all.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.startsWith(word + " "))
        .map(line -> line.substring(word.length() + 1))
        .toList();
  }

  public static void main(String[] arguments) throws IOException {
    new WritingProcess(arguments).run();
  }

  private void run() throws IOException {
    int next = 1;
    boolean mayBeThere = false;
    while (next <= changes) {
      try (Pond pond = Pond.open(machine, folder, settings)) {
        if (mayBeThere && pond.view().root().exists(path(next))) {
          say("done", next++, "after all");
        }
        mayBeThere = false;
        int most = manner == Manner.STOPPED ? changes : random.nextInt(MOST_IN_A_ROW);
        int last = Math.min(changes, next + most);
        for (; next <= last; next++) {
          change(pond, next);
          say("done", next, "");
        }
      } catch (JournalException e) {
        mayBeThere = e.outcomeUnknown();
        say(mayBeThere ? "unknown" : "failed", next, Failures.classify(e).line());
        if (manner == Manner.UNLOCKED) {
          // Or all would only open the pond, and be overtaken, and open it again.
          machine.threads().pause(Duration.ofMillis(random.nextInt(MOST_PAUSE_MILLIS)));
        }
      }
    }
  }

  private String path(int number) {
    return "/" + name + "/" + number;
  }

  /** Refuses to make a file that is there: what was not stored, as was said, is not. */
  private void change(Pond pond, int number) throws IOException {
    try (Transaction transaction = pond.begin()) {
      String text = name + " " + number;
      transaction.root().createFile(path(number), new ByteArrayInputStream(text.getBytes(UTF_8)));
      if (manner == Manner.STOPPED && number > reached) {
        reached = number; // and not when it is done again
        stopsInCommit = number == STOP_IN_COMMIT;
        if (number == STOP_BEFORE_COMMIT) {
          waitToBeStopped(number);
        }
      }
      transaction.commit(new CommitInfo("", path(number), ""));
    }
  }

  private static void say(String word, int number, String why) {
    System.out.println((word + " " + number + " " + why).strip());
  }
}
