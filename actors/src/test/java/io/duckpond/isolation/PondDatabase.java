package io.duckpond.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.CheckReport;
import io.duckpond.CommitInfo;
import io.duckpond.Isolation;
import io.duckpond.Pond;
import io.duckpond.Transaction;
import io.duckpond.TransactionOptions;
import io.duckpond.WorkingDirectory;
import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.node.Entry;
import io.duckpond.simulation.PlayedThreads;
import io.duckpond.simulation.SimulatedProcess;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** A pond in a process of a simulation, on a disk that may lose its power. */
final class PondDatabase implements Database {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  /** Checkpoints are dear, and it is not they that isolate. */
  private static final String SETTINGS = "pond.log.checkpoint-interval = 25";

  private final SplittableRandom random;
  private final TickingClock clock = new TickingClock();
  private SimulatedDisk disk = new SimulatedDisk(clock);
  private PlayedThreads threads;
  private SimulatedProcess process;
  private Pond pond;
  private Optional<SimulatedDisk> left = Optional.empty();
  private int operationsLeft;
  private long commits;

  /** What this process has read of the versions of files. */
  private final Map<String, String> texts = new HashMap<>();

  /** A new pond; all that is random in it comes from a seed. */
  PondDatabase(long seed) throws IOException {
    this.random = new SplittableRandom(seed);
    this.threads = new PlayedThreads(random.nextLong(), START);
    this.process = new SimulatedProcess(disk, threads, clock, random.nextLong(), SETTINGS);
    this.pond = process.create();
  }

  /** Stands still but for who asks for the time of a call, so that calls know their times. */
  private static final class TickingClock extends Clock {
    private Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.fixed(now, zone);
    }

    long tick() {
      now = now.plusMillis(1);
      return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
  }

  @Override
  public long now() {
    return clock.tick();
  }

  @Override
  public Session begin(Isolation isolation) throws IOException {
    return new PondSession(
        pond.begin(
            isolation == Isolation.SERIALIZABLE
                ? TransactionOptions.DEFAULT.serializable()
                : TransactionOptions.DEFAULT));
  }

  private final class PondSession implements Session {
    private final Transaction transaction;
    private final PondCalls calls;

    PondSession(Transaction transaction) {
      this.transaction = transaction;
      this.calls = new PondCalls(transaction);
    }

    @Override
    public long begin() {
      return transaction.tree().txnSeq();
    }

    @Override
    public String answer(Call call) throws IOException {
      return calls.answer(call);
    }

    /** Those that say the same of themselves may become one transaction. */
    @Override
    public CompletionStage<Long> commit() {
      String message = random.nextBoolean() ? "" : "commit " + ++commits;
      return transaction
          .commitAsync(CommitInfo.message(message))
          .thenApply(
              result -> {
                calls.forgetSavepoints();
                return result.operations() == 0 ? 0 : result.txnSeq();
              });
    }

    @Override
    public void rollback() {
      transaction.rollback();
      calls.forgetSavepoints();
    }

    @Override
    public void close() {
      transaction.close();
    }
  }

  @Override
  public long newest() throws IOException {
    return pond.view().txnSeq();
  }

  @Override
  public SortedMap<String, Held.Seen> picture(long txnSeq) throws IOException {
    WorkingDirectory root = pond.asOf(txnSeq).root();
    SortedMap<String, Held.Seen> picture = new TreeMap<>();
    for (Map.Entry<String, Entry> each : root.walk("/").entrySet()) {
      String path = "/" + each.getKey();
      Entry entry = each.getValue();
      String what = PondCalls.describe(entry) + " [" + text(root, path, entry) + "]";
      picture.put(path, new Held.Seen(entry.child().hex(), what));
    }
    return picture;
  }

  /** Each version of a file is read once by each process: reading is dear. */
  private String text(WorkingDirectory root, String path, Entry entry) throws IOException {
    if (!(entry instanceof Entry.File file)) {
      return entry instanceof Entry.Symlink link ? link.target() : "";
    }
    String version = file.child() + " " + file.version() + " " + file.content();
    String known = texts.get(version);
    if (known == null) {
      known = new String(root.readBytes(path), UTF_8);
      texts.put(version, known);
    }
    return known;
  }

  @Override
  public void work(int steps) {
    threads.run(steps);
  }

  /** The process is not ended: the disk is copied, and what the process does next is forgotten. */
  @Override
  public void crashAfter(int operations) {
    operationsLeft = operations;
    if (operations == 0) {
      crash();
      return;
    }
    disk.beforeEach(
        (operation, path) -> {
          if (--operationsLeft == 0) {
            crash();
          }
        });
  }

  private void crash() {
    if (left.isEmpty()) {
      left = Optional.of(random.nextInt(3) > 0 ? disk.afterPowerCut(random) : disk.afterKill());
    }
  }

  @Override
  public boolean hasCrashed() {
    return left.isPresent();
  }

  @Override
  public void restart() throws IOException {
    disk.beforeEach((operation, path) -> {});
    pond.close();
    process.close();
    disk = left.orElse(disk);
    left = Optional.empty();
    texts.clear();
    threads = new PlayedThreads(random.nextLong(), START);
    process = new SimulatedProcess(disk, threads, clock, random.nextLong(), SETTINGS);
    pond = process.open();
  }

  @Override
  public void maintain() throws IOException {
    pond.maintain();
  }

  @Override
  public void close() throws IOException {
    pond.close();
    CheckReport report = process.check();
    process.close();
    if (report.damaged()) {
      throw new AssertionError("damage: " + report.findings());
    }
  }
}
