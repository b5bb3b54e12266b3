package io.duckpond.journal.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Sha256;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What data files a version lists, in 40 bytes: their number, and the sum of one digest each. Every
 * commit carries it, so that whoever loads a version by way of a checkpoint can tell whether
 * nothing was lost, added or changed on that way.
 *
 * <p>A file's digest is the SHA-256 of what the log says of it, its tags and the bounds of its keys
 * included. The sum is taken of each of the digest's four words by itself, so the order of the
 * files does not matter, and a commit needs to know only what it adds.
 *
 * @param files how many
 * @param sum of their digests
 */
public record Inventory(long files, Sha256 sum) {
  /** Of no files. */
  public static final Inventory EMPTY = new Inventory(0, Sha256.ZERO);

  /** Returns the inventory of some files. */
  public static Inventory of(Collection<DataFile> files) {
    return EMPTY.plus(files);
  }

  /** Returns the inventory of these files and {@code more}. */
  public Inventory plus(Collection<DataFile> more) {
    Sha256 total = sum;
    for (DataFile file : more) {
      total = total.plus(digest(file));
    }
    return new Inventory(files + more.size(), total);
  }

  /** Returns the inventory of these files without some of them. */
  Inventory minus(Collection<DataFile> fewer) {
    Sha256 total = sum;
    for (DataFile file : fewer) {
      total = total.minus(digest(file));
    }
    return new Inventory(files - fewer.size(), total);
  }

  /** Part of the stored format: a digest of these words, in this order. */
  private static Sha256 digest(DataFile file) {
    KeyRange keys = file.keys();
    String words =
        String.join(
            "\n",
            file.name(),
            String.valueOf(file.size()),
            keys.partIds().map(range -> range.least() + "\n" + range.greatest()).orElse("-"),
            keys.kinds().stream()
                .map(RecordKind::storedName)
                .sorted()
                .collect(Collectors.joining(" ")),
            keys.firstVersion() + " " + keys.lastVersion(),
            keys.firstTxnSeq() + " " + keys.lastTxnSeq(),
            file.partIds().map(PartIdFilter::format).orElse("-"),
            file.sha256().map(Sha256::hex).orElse("-"),
            file.tail().map(FileTail::format).orElse("-"),
            file.assigned().map(of -> of.txnSeq() + " " + of.timestampMicros()).orElse("-"),
            file.position().version()
                + "."
                + file.position().index()
                + file.run().map(run -> "\n" + run.format()).orElse(""));
    return Sha256.of(words.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return files + " data files with digest sum " + sum;
  }
}
