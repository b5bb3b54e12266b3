package io.duckpond.journal.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which data files to merge: always neighbours in commit order, so that of each partition what
 * comes later stays behind what came before. Staged attachments stay as they are: what recovery
 * never reads need not be moved.
 *
 * <pre>
 *   fan-in 3    0 0             two flushes
 *               0 0 0     → 1   the third makes a run of level 1
 *               1 1 0 0 0 → 2   and may complete the level above at once
 *               L 0 0           a large file counts as a run of a level where such are made
 * </pre>
 *
 * @param runs what to merge, in commit order: the files of each by partition
 * @param level of what is made of them
 */
record MergePlan(List<List<DataFile>> runs, int level) {
  /** So many are read at a time, a row group of each in memory. */
  private static final int MOST_RUNS = 32;

  /** More, if they are small: what many commits have written in a moment is best merged at once. */
  private static final int MOST_SMALL_RUNS = 128;

  /** So many bytes all of those are at most. */
  private static final long SMALL_BYTES = 4L << 20;

  /** A file of this size or more is large: it is not written again for the sake of small ones. */
  private static final long LARGE_BYTES = 256L << 10;

  /** Neighbours that were made by one merge, or one file of a flush. */
  private record Stored(int level, List<DataFile> files) {

    /** Returns the level, but of what is large at least that on which its like is made. */
    int tier(int fanIn) {
      int tier = 0;
      for (long bytes = bytes(List.of(this)); bytes >= LARGE_BYTES; bytes /= fanIn) {
        tier++;
      }
      return Math.max(level, tier);
    }
  }

  /** Returns the files to merge, in commit order. */
  List<DataFile> inputs() {
    return runs.stream().flatMap(List::stream).toList();
  }

  /** Returns how many runs at the end were not merged yet. */
  static int unmerged(List<DataFile> files) {
    List<Stored> runs = stored(files);
    int count = 0;
    while (count < runs.size() && runs.get(runs.size() - 1 - count).level() == 0) {
      count++;
    }
    return count;
  }

  /** Returns what is due when {@code fanIn} runs of one level make one of the next. */
  static Optional<MergePlan> due(List<DataFile> files, int fanIn) {
    List<Stored> runs = stored(files);
    boolean found = false;
    int from = runs.size();
    int to = from;
    int level = 0;
    while (from > 0) {
      int first = from;
      while (first > 0 && runs.get(first - 1).tier(fanIn) <= level) {
        first--;
      }
      int count = from - first + (found ? 1 : 0); // what is found due below makes one more
      if (count >= fanIn && !(found && to - first > MOST_RUNS)) {
        found = true;
      } else if (found) {
        break;
      } else {
        to = first;
      }
      from = first;
      level++;
    }
    return found ? Optional.of(plan(runs, from, to, level)) : Optional.empty();
  }

  /**
   * Returns the next step on the way to one run of all files; empty if they are one. Where there
   * are too many for one step, neighbours of the lowest level go first.
   */
  static Optional<MergePlan> all(List<DataFile> files) {
    List<Stored> runs = stored(files);
    if (runs.size() < 2) {
      return Optional.empty();
    }
    if (runs.size() <= MOST_RUNS) {
      int highest = runs.stream().mapToInt(Stored::level).max().orElse(0);
      return Optional.of(plan(runs, 0, runs.size(), highest + 1));
    }
    int least = 0;
    for (int from = 0; from + MOST_RUNS <= runs.size(); from++) {
      if (runs.get(from + MOST_RUNS - 1).level() < runs.get(least + MOST_RUNS - 1).level()) {
        least = from;
      }
    }
    int highest =
        runs.subList(least, least + MOST_RUNS).stream().mapToInt(Stored::level).max().orElse(0);
    return Optional.of(plan(runs, least, least + MOST_RUNS, highest + 1));
  }

  private static MergePlan plan(List<Stored> runs, int from, int to, int level) {
    int end = Math.min(to, from + MOST_RUNS);
    long bytes = bytes(runs.subList(from, end));
    while (end < to && end < from + MOST_SMALL_RUNS) {
      bytes += bytes(runs.subList(end, end + 1));
      if (bytes > SMALL_BYTES) {
        break;
      }
      end++;
    }
    return new MergePlan(runs.subList(from, end).stream().map(Stored::files).toList(), level);
  }

  private static long bytes(List<Stored> runs) {
    return runs.stream().flatMap(run -> run.files().stream()).mapToLong(DataFile::size).sum();
  }

  private static List<Stored> stored(List<DataFile> files) {
    List<Stored> runs = new ArrayList<>();
    List<DataFile> last = new ArrayList<>();
    for (DataFile file : files) {
      if (file.hasIdOfItsOwn() || file.sha256().isEmpty()) {
        continue; // staged attachments, or of another program
      }
      boolean same =
          !last.isEmpty() && file.run().isPresent() && file.run().equals(last.get(0).run());
      if (!same) {
        last = new ArrayList<>();
        runs.add(new Stored(file.run().map(Run::level).orElse(0), last));
      }
      last.add(file);
    }
    return runs;
  }
}
