package io.duckpond.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.ConflictException;
import io.duckpond.Failures;
import io.duckpond.Pond;
import io.duckpond.Progress;
import io.duckpond.RestoreMode;
import io.duckpond.Transaction;
import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.FaultyDisk;
import io.duckpond.journal.disk.FaultyDisk.Fault;
import io.duckpond.journal.disk.FaultyDisk.Times;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * An open pond on a disk that fails when it is told to, and the picture of what the pond must hold.
 * Every call here may fail for the disk's reasons, and for no other.
 */
final class FaultyPond implements AutoCloseable {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  /** Errors that leave alone whoever only reads. */
  private static final Set<Fault> OF_WRITES =
      EnumSet.of(Fault.NO_SPACE, Fault.READ_ONLY, Fault.SHORT_WRITE, Fault.UNSEEN_SUCCESS);

  private final Harness harness;
  private final SplittableRandom random;
  private final SimulatedDisk simulated;
  private final FaultyDisk disk;
  private final SimulatedProcess process;
  private final SimulatedProcess other;
  private Optional<Pond> pond = Optional.empty();
  private Fault fault = Fault.IO_ERROR;
  private Times times = Times.ONCE;
  private boolean failing;

  /** What the pond holds. */
  private SortedMap<String, String> picture = new TreeMap<>();

  /** A call that may fail for the disk's reasons. */
  interface Call<T> {
    T run() throws IOException;
  }

  FaultyPond(Harness harness, long seed) throws IOException {
    this.harness = harness;
    this.random = new SplittableRandom(seed);
    PlayedThreads threads = new PlayedThreads(random.nextLong(), START);
    this.simulated = new SimulatedDisk(threads.clock());
    this.disk = new FaultyDisk(simulated);
    this.process = new SimulatedProcess(disk, threads, random.nextLong());
    this.other = new SimulatedProcess(disk, threads, random.nextLong());
    this.pond = Optional.of(process.create());
  }

  Disk disk() {
    return disk;
  }

  SortedMap<String, String> picture() {
    return picture;
  }

  /** Has the disk fail from now on. */
  void fail(Fault error, long after, Times howOften) {
    fault = error;
    times = howOften;
    failing = true;
    disk.fail(error, after, howOften);
  }

  /** Ends that; returns whether it came to an error. */
  boolean heal() {
    failing = false;
    disk.heal();
    return disk.failed().isPresent();
  }

  Optional<String> failed() {
    return disk.failed();
  }

  /** Makes transactions at the same time, all from the present state. */
  void change(List<List<PondPicture.Change>> together) throws IOException {
    Optional<Pond> open = open();
    if (open.isEmpty()) {
      return;
    }
    List<Transaction> transactions = new ArrayList<>();
    List<List<PondPicture.Change>> made = new ArrayList<>();
    for (List<PondPicture.Change> changes : together) {
      Optional<Transaction> begun = ask(open.get()::begin);
      if (begun.isPresent() && apply(begun.get(), changes)) {
        transactions.add(begun.get());
        made.add(changes);
      } else {
        begun.ifPresent(this::drop);
      }
    }
    commit(open.get(), transactions, made);
  }

  private boolean apply(Transaction transaction, List<PondPicture.Change> changes)
      throws IOException {
    for (PondPicture.Change change : changes) {
      if (ask(() -> applied(transaction, change)).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static boolean applied(Transaction transaction, PondPicture.Change change)
      throws IOException {
    change.pond().apply(transaction.root());
    return true;
  }

  private void drop(Transaction transaction) {
    try {
      transaction.close();
    } catch (JournalException e) {
      assertClean(e);
    }
  }

  private void commit(
      Pond open, List<Transaction> transactions, List<List<PondPicture.Change>> changes)
      throws IOException {
    List<CompletableFuture<CommitResult>> answers = new ArrayList<>();
    for (Transaction transaction : transactions) {
      answers.add(transaction.commitAsync(CommitInfo.NONE).toCompletableFuture());
    }
    Set<SortedMap<String, String>> possible = new LinkedHashSet<>(Set.of(picture));
    List<Integer> unfinished = new ArrayList<>();
    for (int i = 0; i < transactions.size(); i++) {
      Optional<Exception> failure = failureOf(answers.get(i));
      if (failure.isPresent()) {
        unfinished.add(i);
      }
      possible = after(possible, changes.get(i), failure);
    }
    lookWhileFailing(open, possible);
    failing = false;
    disk.heal();
    settle(open, possible);
    for (int i : unfinished) {
      commitAgain(open, transactions.get(i), changes.get(i));
    }
    transactions.forEach(Transaction::close);
  }

  private Optional<Exception> failureOf(CompletableFuture<CommitResult> answer) {
    try {
      process.threads().join(answer);
      harness.count("acknowledged", 1);
      return Optional.empty();
    } catch (CompletionException e) {
      if (e.getCause() instanceof JournalException failure) {
        assertClean(failure);
        return Optional.of(failure);
      }
      throw new AssertionError("neither committed nor cleanly failed", e);
    }
  }

  /** Returns what may be stored after a transaction, given what may have been before it. */
  private static Set<SortedMap<String, String>> after(
      Set<SortedMap<String, String>> before,
      List<PondPicture.Change> changes,
      Optional<Exception> failure) {
    boolean unknown =
        failure.filter(e -> e instanceof JournalException j && j.outcomeUnknown()).isPresent();
    Set<SortedMap<String, String>> possible = new LinkedHashSet<>();
    for (SortedMap<String, String> each : before) {
      if (failure.isPresent()) {
        possible.add(each);
      }
      if (failure.isEmpty() || unknown) {
        SortedMap<String, String> with = new TreeMap<>(each);
        changes.forEach(change -> change.picture().apply(with));
        possible.add(with);
      }
    }
    return possible;
  }

  private void lookWhileFailing(Pond open, Set<SortedMap<String, String>> possible)
      throws IOException {
    Optional<SortedMap<String, String>> seen = reading(() -> PondPicture.of(open.view().root()));
    if (seen.isPresent()) {
      assertThat(possible).contains(seen.get());
    }
  }

  /** Finds out what is stored; all who look find the same. */
  private void settle(Pond open, Set<SortedMap<String, String>> possible) throws IOException {
    picture = PondPicture.of(open.view().root());
    assertThat(possible).contains(picture);
    if (possible.size() > 1) {
      harness.count("unknown outcomes", 1);
      assertAnotherSees(picture);
    }
  }

  /** What was surely not stored can be committed as it is. */
  private void commitAgain(Pond open, Transaction transaction, List<PondPicture.Change> changes)
      throws IOException {
    SortedMap<String, String> with = new TreeMap<>(picture);
    changes.forEach(change -> change.picture().apply(with));
    try {
      transaction.commit();
    } catch (ConflictException e) {
      assertThat(picture).as("a conflict with itself only").isEqualTo(with);
    }
    picture = PondPicture.of(open.view().root());
    assertThat(picture).isEqualTo(with);
  }

  /** Another process reads everything and finds it as it must be. */
  private void assertAnotherSees(SortedMap<String, String> expected) throws IOException {
    try (Pond reader = other.open()) {
      assertThat(PondPicture.of(reader.view().root())).isEqualTo(expected);
    }
  }

  /** Opens the pond if it is not open; empty if that fails. */
  private Optional<Pond> open() throws IOException {
    if (pond.isEmpty()) {
      pond = reading(process::open);
    }
    return pond;
  }

  /** Closes the pond, which never fails. */
  void close(boolean reopen) throws IOException {
    pond.ifPresent(Pond::close);
    pond = Optional.empty();
    if (reopen) {
      open();
    }
  }

  /** Runs what only reads, in this process and in another that is opened for it. */
  <T> void read(Reading<T> reading) throws IOException {
    Optional<Pond> open = open();
    if (open.isPresent()) {
      reading(() -> reading.of(open.get()));
    }
    reading(
        () -> {
          try (Pond reader = other.open()) {
            return reading.of(reader);
          }
        });
  }

  /** Something that is read from a pond, and found to be right. */
  interface Reading<T> {
    T of(Pond pond) throws IOException;
  }

  /** Returns what a call gives, which may fail for the disk's reasons; if once, it is repeated. */
  <T> Optional<T> ask(Call<T> call) throws IOException {
    try {
      return Optional.of(call.run());
    } catch (IOException | JournalException e) {
      assertClean(e);
    }
    return times == Times.ONCE ? Optional.of(call.run()) : Optional.empty();
  }

  /** The same, of what only reads. */
  private <T> Optional<T> reading(Call<T> call) throws IOException {
    Optional<T> result = ask(call);
    assertThat(result.isPresent() || !OF_WRITES.contains(fault)).as("readable").isTrue();
    return result;
  }

  private void assertClean(Exception failure) {
    harness.count("clean errors", 1);
    Failures.Failure told = Failures.classify(failure);
    if (!failing || disk.failed().isEmpty()) {
      throw new AssertionError("failed though the disk did not", failure);
    }
    if (told.kind() != Failures.Kind.FAILURE
        || !told.line().contains(fault.message())
        || !told.line().contains("/")) {
      throw new AssertionError("not a clean failure: " + told, failure);
    }
  }

  /** What must hold at the end: nothing is lost, wrong or to be repaired, power cut or not. */
  void assertSound() throws IOException {
    Pond open = open().orElseThrow();
    assertThat(PondPicture.of(open.view().root())).isEqualTo(picture);
    assertThat(open.restore(RestoreMode.VERIFY, Progress.NONE).txnSeq())
        .isEqualTo(open.view().txnSeq());
    assertAnotherSees(picture);
    SimulatedDisk after = simulated.afterPowerCut(random);
    PlayedThreads threads = new PlayedThreads(random.nextLong(), START);
    try (SimulatedProcess next = new SimulatedProcess(after, threads, random.nextLong());
        Pond found = next.open()) {
      assertThat(PondPicture.of(found.view().root())).isEqualTo(picture);
      found.restore(RestoreMode.VERIFY, Progress.NONE);
      found.transact(root -> root.createDirectory("/after"), 1);
    }
  }

  @Override
  public void close() {
    pond.ifPresent(Pond::close);
    other.close();
    process.close();
  }
}
