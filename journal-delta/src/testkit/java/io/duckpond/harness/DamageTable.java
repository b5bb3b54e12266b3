package io.duckpond.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.table.DataFileNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of damage in reliability.md, row by row, each on the newest, a middle and the oldest
 * file of a pond that has two checkpoints and at least two log entries after the newer one.
 */
public final class DamageTable {
  private static final Pattern ENTRY = Pattern.compile("(\\d{20})\\.json");
  private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint\\.parquet");

  private final Path oplog;
  private final Path log;
  private final List<Path> dataFiles;
  private final List<Integer> entries = new ArrayList<>();
  private final List<Integer> checkpoints = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /** What must be the case afterwards. */
  public enum Outcome {
    /** Nothing can be read nor written; what is lost is named. */
    REFUSED,
    /** What it concerns is named, all else is read, nothing is written. */
    CONTAINED,
    /** All is read and nothing written. */
    READ_ONLY,
    /** All is read, and writing goes on; verifying finds it. */
    FOUND,
    /** Nobody need care. */
    HARMLESS
  }

  /** Does the damage. */
  @FunctionalInterface
  public interface Change {
    /** Changes the files of {@code disk}. */
    void to(MemoryDisk disk) throws IOException;
  }

  /**
   * One damage.
   *
   * @param name what and where
   * @param file what a complaint has to name
   */
  public record Row(String name, Outcome outcome, Path file, Change change) {

    /** Returns the file's name up to its first dot: a checkpoint's may stand for its entry's. */
    public String stem() {
      return String.valueOf(file.getFileName()).split("\\.", 2)[0];
    }

    @Override
    public String toString() {
      return name + ": " + outcome;
    }
  }

  private DamageTable(MemoryDisk disk, Path pond) throws IOException {
    this.oplog = pond.resolve("oplog");
    this.log = oplog.resolve("_delta_log");
    this.dataFiles =
        DataFileNames.inCommitOrder(disk, oplog).stream()
            .filter(file -> String.valueOf(file.getFileName()).startsWith("flush-"))
            .toList();
    for (Path file : disk.files()) {
      String name = String.valueOf(file.getFileName());
      if (file.startsWith(log)) {
        addVersion(ENTRY.matcher(name), entries);
        addVersion(CHECKPOINT.matcher(name), checkpoints);
      }
    }
  }

  private static void addVersion(Matcher name, List<Integer> versions) {
    if (name.matches()) {
      versions.add(Integer.parseInt(name.group(1)));
    }
  }

  /** Returns the rows for the pond in a folder of {@code disk}. */
  public static List<Row> rows(MemoryDisk disk, Path pond) throws IOException {
    DamageTable table = new DamageTable(disk, pond);
    table.addLogRows();
    table.addDataFileRows();
    table.addLeftovers();
    return table.rows;
  }

  private Path entry(int version) {
    return log.resolve(String.format("%020d.json", version));
  }

  private Path checkpoint(int version) {
    return log.resolve(String.format("%020d.checkpoint.parquet", version));
  }

  private int newest() {
    return entries.get(entries.size() - 1);
  }

  private int newestCheckpoint() {
    return checkpoints.get(checkpoints.size() - 1);
  }

  private void addLogRows() {
    int newest = newest();
    int middle = newest - 1;
    int oldest = checkpoints.get(0) + 1; // before the checkpoint that is read
    if (checkpoints.size() < 2 || middle <= newestCheckpoint() || oldest >= newestCheckpoint()) {
      throw new IllegalStateException("entries " + entries + ", checkpoints " + checkpoints);
    }
    addEntryRows("newest", newest, Outcome.REFUSED);
    addEntryRows("middle", middle, Outcome.REFUSED);
    addEntryRows("oldest", oldest, Outcome.FOUND);
    add("middle entry missing", Outcome.REFUSED, entry(middle), delete(entry(middle)));
    add("oldest entry missing", Outcome.HARMLESS, entry(oldest), delete(entry(oldest)));
    add(
        "gap ahead",
        Outcome.REFUSED,
        entry(newest + 1),
        disk -> disk.put(entry(newest + 2), disk.bytes(entry(newest))));
    Path own = entry(newestCheckpoint());
    add("checkpoint's own entry cut", Outcome.READ_ONLY, own, cut(own, 0.5));
    Path newer = checkpoint(newestCheckpoint());
    add("newest checkpoint cut", Outcome.FOUND, newer, cut(newer, 0.5));
    Path older = checkpoint(checkpoints.get(0));
    add("oldest checkpoint cut", Outcome.FOUND, older, cut(older, 0.5));
  }

  private void addEntryRows(String which, int version, Outcome outcome) {
    Path file = entry(version);
    add(which + " entry empty", outcome, file, cut(file, 0));
    add(which + " entry cut at a line", outcome, file, cutAfterLine(file));
    add(which + " entry cut", outcome, file, cut(file, 0.5));
  }

  private void addDataFileRows() {
    addDataFileRows("newest", dataFiles.get(dataFiles.size() - 1));
    addDataFileRows("middle", dataFiles.get(dataFiles.size() / 2));
    addDataFileRows("oldest", dataFiles.get(0));
  }

  private void addDataFileRows(String which, Path file) {
    add(which + " data file missing", Outcome.CONTAINED, file, delete(file));
    add(which + " data file empty", Outcome.CONTAINED, file, cut(file, 0));
    add(which + " data file shorter", Outcome.CONTAINED, file, cut(file, 0.9));
  }

  private void addLeftovers() {
    int newest = newest();
    Path hint = log.resolve("_last_checkpoint");
    Path ahead = log.resolve(String.format("%020d.crc", newest + 7));
    Path temporary = log.resolve("." + entry(newest + 1).getFileName() + ".x.tmp");
    Path orphan = oplog.resolve("flush-0.parquet");
    add("hint garbage", Outcome.HARMLESS, hint, put(hint, "garbage"));
    add("hint at nothing", Outcome.HARMLESS, hint, put(hint, "{\"version\":99,\"size\":1}"));
    add(".crc ahead of the log", Outcome.HARMLESS, ahead, put(ahead, "{}"));
    add("leftover temporary", Outcome.HARMLESS, temporary, put(temporary, "{"));
    add("leftover data file", Outcome.HARMLESS, orphan, put(orphan, "PAR1"));
  }

  private void add(String name, Outcome outcome, Path file, Change change) {
    rows.add(new Row(name, outcome, file, change));
  }

  private static Change cut(Path file, double share) {
    return disk -> {
      byte[] bytes = disk.bytes(file);
      disk.put(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));
    };
  }

  private static Change cutAfterLine(Path file) {
    return disk -> {
      String text = new String(disk.bytes(file), UTF_8);
      disk.put(file, text.substring(0, text.indexOf('\n') + 1).getBytes(UTF_8));
    };
  }

  private static Change delete(Path file) {
    return disk -> disk.delete(file);
  }

  private static Change put(Path file, String text) {
    return disk -> disk.put(file, text.getBytes(UTF_8));
  }
}
