package io.duckpond.journal.check;

import io.duckpond.journal.disk.DamageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what a check finds. Any thread. */
final class Findings {
  static final String CUT =
      "put the file back from a copy, or let a repair that accepts the loss cut the log before it";
  static final String SET_ASIDE = "a repair sets it aside, and nothing is lost";
  static final String RESTORE = "put the file back from a copy";
  static final String LEFT = "does no harm; a repair sets it aside";

  /** How damage is worded wherever it is found. */
  private static final Pattern DAMAGE =
      Pattern.compile("(?:.*?): expected (.*?), found (.*)", Pattern.DOTALL);

  private final List<Finding> findings = new ArrayList<>();
  private final boolean refusalsEnd;

  /** {@code refusalsEnd}: whether what the disk does not hand out is thrown, and no finding. */
  Findings(boolean refusalsEnd) {
    this.refusalsEnd = refusalsEnd;
  }

  void damage(FindingKind kind, String file, String expected, String found, String advice) {
    add(new Finding(kind, true, file, expected, found, advice));
  }

  void damage(FindingKind kind, String file, DamageException damage, String advice) {
    String message = String.valueOf(damage.getMessage());
    Matcher worded = DAMAGE.matcher(message);
    if (worded.matches()) {
      damage(kind, file, worded.group(1), worded.group(2), advice);
    } else {
      damage(kind, file, "what was written", message, advice);
    }
  }

  void leftover(FindingKind kind, String file, String expected, String found, String advice) {
    add(new Finding(kind, false, file, expected, found, advice));
  }

  /**
   * Notes a file that the disk does not hand out; throws what speaks of this process rather than of
   * the file.
   */
  void unreadable(String file, IOException failure) throws IOException {
    if (refusalsEnd || saysNothingOfTheFile(failure)) {
      throw failure;
    }
    damage(
        FindingKind.UNREADABLE,
        file,
        "a file that can be read",
        String.valueOf(failure.getMessage()),
        "look after the disk first; then " + RESTORE);
  }

  private static boolean saysNothingOfTheFile(IOException failure) {
    return failure instanceof AccessDeniedException
        || failure instanceof java.io.InterruptedIOException
        || String.valueOf(failure.getMessage()).contains("Too many open files");
  }

  private synchronized void add(Finding finding) {
    findings.add(finding);
  }

  synchronized List<Finding> all() {
    return List.copyOf(findings);
  }

  synchronized boolean anyDamage() {
    return findings.stream().anyMatch(Finding::damage);
  }
}
