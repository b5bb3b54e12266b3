package io.duckpond;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Locale;

/**
 * One thing that a check of a pond found.
 *
 * @param damage whether something is lost, wrong or refused until it is mended; if not, it is a
 *     leftover that does no harm
 * @param subject a file, relative to the pond's folder, or what else it is about
 * @param expected what should be there
 * @param found what is there
 * @param advice what to do about it
 * @param affects paths in the pond and their versions that can no longer be read, as far as that
 *     can be told; the first of them, if they are many
 */
public record Finding(
    Kind kind,
    boolean damage,
    String subject,
    String expected,
    String found,
    String advice,
    List<String> affects) {

  public Finding {
    affects = List.copyOf(affects);
  }

  /** A finding that damages nothing but what it names. */
  public static Finding of(
      Kind kind, boolean damage, String subject, String expected, String found, String advice) {
    return new Finding(kind, damage, subject, expected, found, advice, List.of());
  }

  /** Returns the same with the paths that suffer. */
  public Finding affecting(List<String> paths) {
    return new Finding(kind, damage, subject, expected, found, advice, paths);
  }

  /**
   * Returns whether a failure to read speaks of this process (its rights, its open files) rather
   * than of the file.
   */
  public static boolean isOfThisProcess(IOException failure) {
    return failure instanceof AccessDeniedException
        || failure instanceof InterruptedIOException
        || String.valueOf(failure.getMessage()).contains("Too many open files");
  }

  /** What can be wrong; scripts know it by {@link #storedName}. */
  public enum Kind {
    /** A file that nothing refers to. */
    ORPHAN,
    /** A file that was being written when its writer ended. */
    TEMPORARY,
    /** A file of no use to this program, such as another one's checksum of a version of the log. */
    STALE_CRC,
    /** A cache that does not go with the log. */
    STALE_SNAPSHOT,
    /** A file that the log refers to is not there. */
    MISSING,
    /** A file has another size than the log says. */
    WRONG_SIZE,
    /** Bytes are not those that were written. */
    FLIPPED,
    /** A log entry ends before its end. */
    TORN,
    /** Log entries are missing. */
    GAP,
    /** Another program has written a log entry. */
    FOREIGN_COMMIT,
    /** A log entry does not follow the one before it. */
    BROKEN_CHAIN,
    /** Transactions or times go back from one log entry to the next. */
    OUT_OF_ORDER,
    /** A checkpoint of the log cannot be read, or says something else than the entries. */
    BAD_CHECKPOINT,
    /** The hint at the newest checkpoint is none. */
    BAD_LAST_CHECKPOINT,
    /** A record's digest, form or sequence number is wrong. */
    BAD_RECORD,
    /** A directory's events do not add up. */
    BAD_DIRECTORY,
    /** The directories make no tree. */
    BAD_TREE,
    /** The disk does not hand out a file. */
    UNREADABLE;

    /** Returns the name in lower case, its words joined by hyphens. */
    public String storedName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
