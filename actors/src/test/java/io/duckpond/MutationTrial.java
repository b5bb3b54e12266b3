package io.duckpond;

import io.duckpond.harness.MemoryDisk;
import io.duckpond.harness.Mutation;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.Flush;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One damage to a copy of the {@link DamageFixture}, all that it leads to, and what is wrong. */
final class MutationTrial {

  /** What a file is to the pond. */
  enum Role {
    /** A cache of what the log says. */
    SNAPSHOT,
    /** Who writes; nobody trusts it. */
    LOCK,
    /** Where to look for the newest checkpoint; only a hint. */
    HINT,
    /** Nothing is read from it while the newest checkpoint is sound. */
    OLD,
    /** The newest checkpoint, in whose place older files can be read. */
    CHECKPOINT,
    /** The only one of its kind. */
    LIVE;

    /** Returns the gravest. */
    static Role of(List<Path> files) {
      return files.stream().map(Role::of).max(Comparator.naturalOrder()).orElseThrow();
    }

    static Role of(Path file) {
      String name = file.toString();
      if (name.contains("/snapshots/")) {
        return SNAPSHOT;
      }
      if (name.contains("write.lock")) {
        return LOCK;
      }
      if (name.contains("_last_checkpoint")) {
        return HINT;
      }
      boolean sinceCheckpoint = name.matches(".*/0{18}1\\d\\..*");
      if (name.contains(".checkpoint.")) {
        return sinceCheckpoint ? CHECKPOINT : OLD;
      }
      return name.contains("_delta_log") && !sinceCheckpoint ? OLD : LIVE;
    }
  }

  /** One trial in so many compares the answers with a check's findings. */
  private static final int CHECKED = 10;

  /** How many trials leave out a question for each one that asks it, by its first word. */
  private static final Map<String, Integer> LEFT_OUT =
      Map.of("as", 11, "transactions", 7, "records", 7, "rows", 5, "status", 5);

  private final Mutation mutation;
  private final MemoryDisk disk;
  private final Random random;
  private final int newestVersion;
  private final List<String> complaints = new ArrayList<>();

  /** Damages a copy of the fixture's disk as {@code random} says. */
  MutationTrial(DamageFixture fixture, Random random) throws IOException {
    this.random = random;
    this.newestVersion = fixture.newestVersion();
    this.disk = fixture.disk().copy();
    this.mutation = Mutation.apply(random, disk, fixture.targets(), fixture.older());
  }

  /** Returns what was wrong with the pond's answers; empty if nothing was. */
  List<String> complaints() {
    return complaints;
  }

  @Override
  public String toString() {
    return mutation.toString();
  }

  /**
   * Asks the damaged pond what a random choice of its readers would, and has it verified and
   * written to.
   *
   * @param reference what the pond showed before the damage
   * @param before what it showed before its last transaction
   * @return what became of the damage, in a few words
   */
  String run(PondPicture reference, PondPicture before) throws IOException {
    MemoryDisk damaged = disk.copy();
    Optional<CheckReport> check =
        random.nextInt(CHECKED) == 0 ? Optional.of(check()) : Optional.empty();
    boolean clean = check.isPresent() && !check.get().damaged(); // so all of it must be right
    PondPicture picture = PondPicture.of(Machine.with(disk), question -> isAsked(question, clean));
    String outcome;
    if (isNewestEntryDeleted()
        && (picture.differenceFrom(before).isEmpty()
            || picture.differenceFrom(reference).isEmpty())) {
      outcome = "newest entry deleted, not detectable";
    } else {
      outcome = judge(picture, reference, Role.of(mutation.files()));
    }
    check.ifPresent(report -> compare(report, picture));
    boolean accepted = random.nextInt(3) == 0 && append();
    if (accepted && picture.failures().containsKey("open")) {
      complaints.add("written to, though it could not be opened");
    }
    for (Path file : damaged.files()) {
      if (Role.of(file) != Role.LIVE) {
        continue; // a writer may replace a broken checkpoint, and clean the log up
      }
      if (!disk.hasSame(file, damaged)) {
        complaints.add("changed by writing: " + file);
      }
    }
    return outcome;
  }

  /**
   * Whatever happened to the log, what it leads to is checked by itself: so only damage to a file
   * that may hold contents makes it worth while to read all of them every time.
   */
  private boolean isAsked(String question, boolean everything) {
    if (question.equals(PondPicture.AT_ONCE)) {
      // Only who goes from directory to directory looks at snapshots.
      return Role.of(mutation.files()) != Role.SNAPSHOT && random.nextInt(4) > 0;
    }
    String kind = question.split(" ", 2)[0];
    boolean beside = mutation.files().stream().noneMatch(MutationTrial::mayHoldContents);
    int leftOut = kind.equals("cat") && beside ? 3 : LEFT_OUT.getOrDefault(kind, 0);
    return everything || random.nextInt(leftOut + 1) == 0;
  }

  private static boolean mayHoldContents(Path file) {
    return file.startsWith(DamageFixture.FOLDER.resolve("contents"))
        || file.toString().matches(".*/oplog/[^/]*");
  }

  private boolean isNewestEntryDeleted() {
    String newest = String.format("%020d.json", newestVersion);
    return mutation.kind() == Mutation.Kind.DELETE && mutation.files().get(0).endsWith(newest);
  }

  private String judge(PondPicture picture, PondPicture reference, Role role) {
    String difference = picture.differenceFrom(reference);
    if (!difference.isEmpty()) {
      complaints.add(
          "wrong answer: " + difference.substring(0, Math.min(2000, difference.length())));
    }
    picture.failures().forEach((question, failure) -> judge(question, failure));
    boolean verified = picture.answers().containsKey("verify");
    if (verified && !picture.failures().isEmpty()) {
      complaints.add("verified, though these fail: " + picture.failures().keySet());
    }
    if (verified && role == Role.LIVE) {
      complaints.add("verified, though it is live: " + role);
    }
    if (!verified && role == Role.SNAPSHOT) {
      complaints.add("of no use without its snapshots: " + picture.failures().keySet());
    }
    return verified ? "harmless: " + role : "reported";
  }

  private CheckReport check() throws IOException {
    return PondCheck.run(Machine.with(disk), DamageFixture.FOLDER, CheckMode.DEEP, Progress.NONE);
  }

  /** Whether a check finds damage must be what those who read and verify come upon. */
  private void compare(CheckReport report, PondPicture picture) {
    boolean damaged = report.findings().stream().anyMatch(MutationTrial::concernsReaders);
    if (damaged == picture.failures().isEmpty()) {
      complaints.add(
          "a check finds " + report.findings() + ", these fail: " + picture.failures().keySet());
    }
    boolean named =
        report.findings().stream()
            .anyMatch(
                found ->
                    mutation.files().stream()
                        .anyMatch(file -> found.toString().contains(stemOf(file))));
    if (report.damaged() && !named) {
      complaints.add("a check names none of the damaged files: " + report.findings());
    }
  }

  /** A hint that is none is damage, but only other programs look at it. */
  private static boolean concernsReaders(Finding finding) {
    return finding.damage() && finding.kind() != Finding.Kind.BAD_LAST_CHECKPOINT;
  }

  /** Each failure must be called damage and name what it concerns. */
  private void judge(String question, Throwable failure) {
    Failures.Failure classified = Failures.classify(failure);
    String line = classified.line();
    if (classified.kind() != Failures.Kind.DAMAGE) {
      complaints.add(classified.kind() + " of " + question + ": " + line + traceOf(failure));
      return;
    }
    boolean named = mutation.files().stream().anyMatch(file -> line.contains(stemOf(file)));
    if (question.startsWith("cat ")) {
      named &= line.startsWith(question.split(" ", 3)[1] + ": ");
    }
    if (question.contains(" ls ")) {
      named &= line.startsWith("/") && line.contains("partition [");
    }
    if (mutation.files().get(0).toString().matches(".*/(flush|staged)-[^/]*")) {
      named &= line.contains("transaction");
    }
    if (!named || !line.contains("expected") || !line.contains("found")) {
      complaints.add("unnamed damage of " + question + ": " + line);
    }
  }

  /** Names without what follows their first dot: a checkpoint's may stand for its entry's. */
  private static String stemOf(Path file) {
    return String.valueOf(file.getFileName()).split("\\.", 2)[0];
  }

  private static String traceOf(Throwable failure) {
    StringBuilder trace = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      trace.append("\n      ").append(cause);
      Arrays.stream(cause.getStackTrace())
          .limit(8)
          .forEach(frame -> trace.append("\n        at ").append(frame));
    }
    return trace.toString();
  }

  /** Writes to the log by the shortest way; what a whole transaction would do is too dear here. */
  private boolean append() {
    Path log = DamageFixture.FOLDER.resolve("oplog");
    try (LogTable table = LogTable.open(Machine.with(disk), log)) {
      long txn = table.head().txnSeq() + 1;
      long time = table.head().timestampMicros() + 1;
      byte[] bytes = {1};
      LogRecord record =
          new LogRecord(
              "", RecordKind.TRANSACTION, 0, 0, txn, txn, time, 1, Sha256.of(bytes), bytes);
      table.append(new Flush(List.of(record), List.of(), txn, time));
      return true;
    } catch (DamageException e) {
      return false;
    } catch (Exception e) {
      judge("append", e);
      return false;
    }
  }
}
