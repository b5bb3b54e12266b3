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
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One damage to a copy of the {@link DamageFixture}, all that it leads to, and what is wrong. */
final class MutationTrial {

  /** What a file is to the pond. */
  enum Role {
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

    static Role of(Path file) {
      String name = file.toString();
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
   * Asks the damaged pond everything, and has it verified and written to.
   *
   * @param reference what the pond showed before the damage
   * @param before what it showed before its last transaction
   * @return what became of the damage, in a few words
   */
  String run(PondPicture reference, PondPicture before) throws IOException {
    MemoryDisk damaged = disk.copy();
    PondPicture picture = PondPicture.of(Machine.with(disk), txn -> random.nextInt(6) == 0);
    Optional<Throwable> verified = verify(picture);
    Role role = Role.of(mutation.files().get(0));
    String outcome;
    if (isNewestEntryDeleted()
        && (picture.differenceFrom(before).isEmpty()
            || picture.differenceFrom(reference).isEmpty())) {
      outcome = "newest entry deleted, not detectable";
    } else {
      outcome = judge(picture, verified, reference, role);
    }
    boolean accepted = random.nextInt(3) == 0 && append();
    if (accepted && picture.failures().containsKey("open")) {
      complaints.add("written to, though it could not be opened");
    }
    for (Path file : damaged.files()) {
      if (Role.of(file) != Role.LIVE) {
        continue; // a writer may replace a broken checkpoint, and clean the log up
      }
      if (disk.stat(file).isEmpty() || !Arrays.equals(disk.bytes(file), damaged.bytes(file))) {
        complaints.add("changed by writing: " + file);
      }
    }
    return outcome;
  }

  private boolean isNewestEntryDeleted() {
    String newest = String.format("%020d.json", newestVersion);
    return mutation.kind() == Mutation.Kind.DELETE && mutation.files().get(0).endsWith(newest);
  }

  private String judge(
      PondPicture picture, Optional<Throwable> verified, PondPicture reference, Role role) {
    String difference = picture.differenceFrom(reference);
    if (!difference.isEmpty()) {
      complaints.add(
          "wrong answer: " + difference.substring(0, Math.min(2000, difference.length())));
    }
    picture.failures().forEach((question, failure) -> judge(question, failure));
    verified.ifPresent(failure -> judge("verify", failure));
    if (!picture.failures().isEmpty() && verified.isEmpty()) {
      complaints.add("verified, though these fail: " + picture.failures().keySet());
    }
    if (verified.isPresent()) {
      return "reported";
    }
    if (role == Role.LIVE) {
      complaints.add("verified, though it is live: " + role);
    }
    return "harmless: " + role;
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

  private Optional<Throwable> verify(PondPicture picture) {
    Throwable unopened = picture.failures().get("open");
    if (unopened != null) {
      return Optional.of(unopened); // verifying begins with opening
    }
    try (Pond pond = Pond.open(Machine.with(disk), DamageFixture.FOLDER, DamageFixture.SETTINGS)) {
      pond.restore(RestoreMode.VERIFY, Progress.NONE);
      return Optional.empty();
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      return Optional.of(e);
    }
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
