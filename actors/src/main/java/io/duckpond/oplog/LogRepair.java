package io.duckpond.oplog;

import io.duckpond.CheckMode;
import io.duckpond.RepairMode;
import io.duckpond.journal.check.CheckDepth;
import io.duckpond.journal.check.Loss;
import io.duckpond.journal.check.RecordVisitor;
import io.duckpond.journal.check.TableCheck;
import io.duckpond.journal.check.TableRepair;
import io.duckpond.journal.check.TableRepair.Plan;
import io.duckpond.journal.check.TableReport;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Quarantine;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.WriteLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;

/** Sets aside what is in the way of a pond's log. The caller holds the write lock. */
public final class LogRepair {
  private final Machine machine;
  private final Path directory;
  private final TableRepair repair;
  private final Executor executor;
  private final int parallelism;

  /** Of the log in a folder, by up to {@code parallelism} tasks on {@code executor}. */
  public LogRepair(
      Machine machine, Path directory, Quarantine quarantine, Executor executor, int parallelism) {
    this.machine = machine;
    this.directory = directory;
    this.repair = new TableRepair(machine, directory, quarantine);
    this.executor = executor;
    this.parallelism = parallelism;
  }

  /**
   * Takes the write lock, which needs no log that can be opened; closing the result gives it back.
   *
   * @throws io.duckpond.journal.disk.JournalException naming the holder, after {@code wait}
   */
  public static Closeable lock(Machine machine, Path lockFile, Duration wait, String command)
      throws IOException {
    return WriteLock.acquire(machine, lockFile, wait, command);
  }

  /** What a repair of the log came to. */
  public sealed interface Outcome {
    /** The log can be relied on. */
    record Sound(Optional<LostEnd> given) implements Outcome {}

    /** It cannot, unless this is given up. */
    record NeedsLoss(LostEnd loss) implements Outcome {}

    /** It cannot, and no repair helps. */
    record Hopeless(String reason) implements Outcome {}
  }

  /**
   * Transactions at the log's end.
   *
   * @param last the last of them; empty if that is not known
   * @param partitions directories that they changed, as far as that is known
   */
  public record LostEnd(
      long first, OptionalLong last, List<String> entries, Set<String> partitions) {
    public LostEnd {
      entries = List.copyOf(entries);
      partitions = Set.copyOf(partitions);
    }
  }

  /** Repairs what can be repaired without a loss and, if that is accepted, the rest. */
  public Outcome run(RepairMode mode, CheckMode depth) throws IOException {
    TableReport report = check(depth);
    Plan plan = repair.plan(report);
    if (plan instanceof Plan.Hopeless hopeless) {
      return new Outcome.Hopeless(hopeless.reason());
    }
    Optional<LostEnd> given = Optional.empty();
    if (plan instanceof Plan.Cut cut) {
      LostEnd lost = lost(cut.loss());
      if (mode == RepairMode.KEEP_ALL) {
        if (report.logIsSound()) {
          repair.tidy(report);
        }
        return new Outcome.NeedsLoss(lost);
      }
      repair.cut(report, cut.loss());
      given = Optional.of(lost);
      report = check(depth);
    }
    if (!report.logIsSound()) {
      return new Outcome.Hopeless("the log of " + directory + " cannot be mended");
    }
    repair.tidy(report);
    return new Outcome.Sound(given);
  }

  private TableReport check(CheckMode depth) throws IOException {
    CheckDepth bytes = depth == CheckMode.DEEP ? CheckDepth.EVERY_BYTE : CheckDepth.LOG;
    return new TableCheck(machine, directory)
        .depth(bytes)
        .visiting(ReadEvents::new)
        .run(executor, parallelism);
  }

  /** Has every event read, so that a repair knows of what a check of the same depth finds. */
  private static final class ReadEvents implements RecordVisitor {
    @Override
    public Set<RecordKind> kinds() {
      return EnumSet.of(RecordKind.EVENT);
    }

    @Override
    public void visit(LogRecord record) {}
  }

  private static LostEnd lost(Loss loss) {
    return new LostEnd(loss.lastTxnSeq() + 1, loss.lastLost(), loss.entries(), loss.partitions());
  }
}
