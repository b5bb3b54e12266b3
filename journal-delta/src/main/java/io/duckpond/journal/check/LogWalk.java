package io.duckpond.journal.check;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.CheckpointContents;
import io.duckpond.journal.table.DataFile;
import io.duckpond.journal.table.Inventory;
import io.duckpond.journal.table.JournalHead;
import io.duckpond.journal.table.LoggedEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Goes through a log from its first entry to its last, past whatever is damaged, and keeps what the
 * entries add up to. It is interrupted by damage, and taken up again by the next checkpoint that
 * can be read and whose own entry is intact:
 *
 * <pre>
 *   entries      0 1 2 . 4 5 6 7 x 9     . missing, x torn
 *   checkpoints            5
 *   sound        0 1 2     5 6 7         the newest sound version is 7; 8 and 9 are beyond it,
 *                                        and nobody needs 3 any more
 * </pre>
 */
final class LogWalk {
  private final Disk disk;
  private final Path table;
  private final FolderListing listing;
  private final Findings findings;

  private final Set<String> mentioned = new HashSet<>();
  private final List<LogState.Beyond> beyond = new ArrayList<>();
  private final List<Long> bad = new ArrayList<>();
  private final List<String> badCheckpoints = new ArrayList<>();
  private final List<Long> alone = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private long entries;

  /** What all entries up to the present one add up to; nothing that means anything if unknown. */
  private final Map<String, DataFile> files = new LinkedHashMap<>();

  private boolean filesKnown;
  private Optional<Known> lastKnown = Optional.empty();

  /** Whether every entry since the last good checkpoint, or the first, follows the one before. */
  private boolean unbroken;

  private boolean foreign;

  private OptionalLong sound = OptionalLong.empty();
  private final Map<Long, JournalHead> soundHeads = new HashMap<>();
  private final Map<String, Long> addedBy = new HashMap<>();
  private long restart;
  private Optional<Sha256> before = Optional.empty();
  private Optional<JournalHead> headBefore = Optional.empty();

  private record Gap(long from, long to) {}

  /** What was read of a version's entry, and whether commits may go on from it. */
  private record Step(Optional<LoggedEntry> entry, List<DataFile> added, boolean usable) {
    static final Step NONE = new Step(Optional.empty(), List.of(), false);
  }

  private record Known(long version, List<DataFile> files) {}

  private LogWalk(Disk disk, Path table, FolderListing listing, Findings findings) {
    this.disk = disk;
    this.table = table;
    this.listing = listing;
    this.findings = findings;
  }

  static LogState run(Disk disk, Path table, FolderListing listing, Findings findings)
      throws IOException {
    return new LogWalk(disk, table, listing, findings).run();
  }

  private LogState run() throws IOException {
    NavigableSet<Long> versions = new TreeSet<>(listing.entries());
    versions.addAll(listing.checkpoints().keySet());
    long next = 0;
    boolean fromTheFirst = listing.entries().contains(0L);
    filesKnown = fromTheFirst;
    unbroken = fromTheFirst;
    before = fromTheFirst ? Optional.of(JournalHead.NO_ENTRY) : Optional.empty();
    for (long version : versions) {
      if (version > next) {
        missing(next, version - 1);
      }
      Step step = Step.NONE;
      if (listing.entries().contains(version)) {
        step = entry(version);
      } else {
        missing(version, version);
      }
      if (listing.checkpoints().containsKey(version)) {
        if (listing.entries().contains(version)) {
          checkpoint(version, step);
        } else {
          alone.add(version); // nobody can read a checkpoint whose own entry is not there
        }
      }
      settle(version, step);
      next = version + 1;
    }
    if (versions.isEmpty()) {
      missing(0, 0);
    }
    if (filesKnown) {
      remember(next - 1);
    }
    reportGaps();
    reportAlone();
    boolean badHint = LastCheckpoint.check(disk, table, listing, findings);
    return new LogState(
        listing,
        sound,
        Map.copyOf(soundHeads),
        filesKnownAt(),
        lastKnown.map(Known::files).orElse(List.of()),
        List.copyOf(beyond),
        bad.stream().filter(version -> version < restart).toList(),
        List.copyOf(badCheckpoints),
        badHint,
        Set.copyOf(mentioned),
        Map.copyOf(addedBy),
        entries);
  }

  private OptionalLong filesKnownAt() {
    return lastKnown.isPresent()
        ? OptionalLong.of(lastKnown.get().version())
        : OptionalLong.empty();
  }

  private void missing(long from, long to) {
    Gap last = gaps.isEmpty() ? new Gap(-1, -2) : gaps.get(gaps.size() - 1);
    if (!gaps.isEmpty() && last.to() == from - 1) {
      gaps.set(gaps.size() - 1, new Gap(last.from(), to));
    } else {
      gaps.add(new Gap(from, to));
    }
    lose(from - 1);
  }

  /** From here on it is not known what the table holds; it was after {@code version}. */
  private void lose(long version) {
    if (filesKnown) {
      remember(version);
      filesKnown = false;
    }
    unbroken = false;
    before = Optional.empty();
  }

  private void remember(long version) {
    List<DataFile> inOrder = new ArrayList<>(files.values());
    inOrder.sort(Comparator.comparing(DataFile::position));
    lastKnown = Optional.of(new Known(version, List.copyOf(inOrder)));
  }

  /** Reads an entry and, if it can be, adds it to the rest. */
  private Step entry(long version) throws IOException {
    String name = FolderListing.entryName(version);
    LoggedEntry entry;
    List<DataFile> added;
    Set<String> removed;
    try {
      entry = LoggedEntry.read(disk, table, version);
      added = entry.added(table);
      removed = entry.removed(table);
    } catch (NoSuchFileException e) {
      missing(version, version); // gone since it was listed: cleaned up, or it shows again
      return Step.NONE;
    } catch (DamageException e) {
      findings.damage(EntryDamage.kind(disk, table.resolve(name)), name, e, Findings.CUT);
      return unusable(version, Step.NONE);
    } catch (IOException e) {
      findings.unreadable(name, e);
      return unusable(version, Step.NONE);
    }
    entries++;
    for (DataFile file : added) {
      mentioned.add(file.name());
      addedBy.put(file.name(), version);
    }
    mentioned.addAll(removed);
    boolean usable = judge(version, entry);
    Step step = new Step(Optional.of(entry), added, usable);
    if (!usable && entry.head().isPresent()) {
      unusable(version, step);
    } else if (!usable) {
      bad.add(version);
      unbroken = false;
      foreign = true;
    }
    before = Optional.of(entry.entry().sha256());
    headBefore = entry.head().isPresent() ? entry.head() : headBefore;
    removed.forEach(files::remove);
    added.forEach(file -> files.put(file.name(), file));
    return step;
  }

  private Step unusable(long version, Step step) {
    bad.add(version);
    lose(version - 1);
    return step;
  }

  /** Returns whether commits may go on from an entry, by what it and the one before it say. */
  private boolean judge(long version, LoggedEntry entry) {
    String name = FolderListing.entryName(version);
    if (entry.head().isEmpty()) {
      findings.damage(
          FindingKind.FOREIGN_COMMIT,
          name,
          "a commit of a journal",
          "one of " + entry.entry().writer(),
          "what it holds can be read, but nothing is written on top of it; " + Findings.CUT);
      return false;
    }
    JournalHead head = entry.head().get();
    if (before.isPresent() && !entry.follows(before.get())) {
      findings.damage(
          FindingKind.BROKEN_CHAIN,
          name,
          "an entry with SHA-256 " + head.chain() + " before it",
          version == 0
              ? "nothing before it"
              : before.get() + " in " + FolderListing.entryName(version - 1),
          Findings.CUT);
      return false;
    }
    // Across a gap the last one read may itself be wrong: nothing has told.
    if (before.isPresent() && headBefore.isPresent() && !isAfter(head, headBefore.get())) {
      findings.damage(
          FindingKind.OUT_OF_ORDER,
          name,
          "transactions and times not before those of the entry before it",
          "transaction " + head.txnSeq() + ", time " + head.timestampMicros(),
          Findings.CUT);
      return false;
    }
    return true;
  }

  private static boolean isAfter(JournalHead head, JournalHead before) {
    return head.txnSeq() >= before.txnSeq() && head.timestampMicros() >= before.timestampMicros();
  }

  private void checkpoint(long version, Step step) throws IOException {
    String name = String.valueOf(listing.checkpoints().get(version));
    String path = FolderListing.LOG + "/" + name;
    CheckpointContents contents;
    try {
      contents = CheckpointContents.read(disk, table, name, version);
    } catch (NoSuchFileException e) {
      return; // cleaned up meanwhile
    } catch (DamageException e) {
      badCheckpoints.add(name);
      findings.damage(FindingKind.BAD_CHECKPOINT, path, e, Findings.SET_ASIDE);
      return;
    } catch (IOException e) {
      findings.unreadable(path, e);
      return;
    }
    contents.files().forEach(file -> mentioned.add(file.name()));
    Optional<JournalHead> head = step.entry().flatMap(LoggedEntry::head);
    boolean agrees = head.isEmpty() || contents.head().equals(head);
    if (!foreign) { // of what another program adds no commit of ours tells
      Inventory told = contents.head().map(JournalHead::inventory).orElse(Inventory.EMPTY);
      agrees &= told.equals(Inventory.of(contents.files()));
    }
    if (!agrees) {
      badCheckpoints.add(name);
      findings.damage(
          FindingKind.BAD_CHECKPOINT,
          path,
          "what the log entries up to " + version + " say",
          "something else",
          Findings.SET_ASIDE);
    } else if (!filesKnown || !unbroken) {
      takeUp(version, contents, step.usable());
    }
  }

  /** Goes on from a checkpoint, whatever was damaged before it. */
  private void takeUp(long version, CheckpointContents contents, boolean usable) {
    files.clear();
    contents.files().forEach(file -> files.put(file.name(), file));
    filesKnown = true;
    if (usable) {
      unbroken = true;
      restart = version;
      soundHeads.clear(); // what was before has lost its connection to what comes
    }
  }

  /** Notes what holds after all that there is of a version was read. */
  private void settle(long version, Step step) {
    if (unbroken && step.usable()) {
      sound = OptionalLong.of(version);
      step.entry().flatMap(LoggedEntry::head).ifPresent(head -> soundHeads.put(version, head));
      beyond.clear();
    } else if (listing.entries().contains(version)) {
      beyond.add(
          new LogState.Beyond(version, step.entry().flatMap(LoggedEntry::head), step.added()));
    }
  }

  /** A checkpoint that a later one covers; if none does, the gap says it all. */
  private void reportAlone() {
    for (long version : alone) {
      if (version < restart) {
        String name = String.valueOf(listing.checkpoints().get(version));
        badCheckpoints.add(name);
        findings.leftover(
            FindingKind.BAD_CHECKPOINT,
            FolderListing.LOG + "/" + name,
            "the log entry of its version",
            "none",
            "nobody needs it: there is a newer one; " + Findings.SET_ASIDE);
      }
    }
  }

  private void reportGaps() {
    for (Gap gap : gaps) {
      boolean covered = gap.to() < restart;
      if (covered && gap.from() == 0) {
        continue; // the log begins at a checkpoint
      }
      String name =
          gap.from() == gap.to()
              ? FolderListing.entryName(gap.from())
              : FolderListing.entryName(gap.from()) + " to " + gap.to();
      if (covered) {
        findings.leftover(
            FindingKind.GAP,
            name,
            "a log entry",
            "none",
            "nobody needs it: the checkpoint of version " + restart + " holds all that it said");
      } else {
        findings.damage(FindingKind.GAP, name, "a log entry", "none", Findings.CUT);
      }
    }
  }
}
