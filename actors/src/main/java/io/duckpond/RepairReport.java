package io.duckpond;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a repair did.
 *
 * @param moved files that were set aside, by the paths that they had in the pond's folder
 * @param quarantine the folder where they are now; empty if there are none
 * @param loss what was given up or, if that was not allowed, would have to be
 * @param cut whether it was given up
 * @param refusal why nothing can help, if nothing can
 * @param after what a check finds now
 */
public record RepairReport(
    List<String> moved,
    Optional<Path> quarantine,
    Optional<Loss> loss,
    boolean cut,
    Optional<String> refusal,
    CheckReport after) {

  public RepairReport {
    moved = List.copyOf(moved);
  }

  /**
   * Transactions that cannot be kept.
   *
   * @param first the first of them
   * @param last the last of them; empty if it is not known how many there are
   * @param entries the log entries that hold them
   * @param paths directories that they changed, as far as that is known
   */
  public record Loss(long first, OptionalLong last, List<String> entries, List<String> paths) {
    public Loss {
      entries = List.copyOf(entries);
      paths = List.copyOf(paths);
    }

    /** Returns the transactions in words. */
    public String transactions() {
      if (last.isEmpty()) {
        return "transaction " + first + " and all after it";
      }
      return first == last.getAsLong()
          ? "transaction " + first
          : "transactions " + first + " to " + last.getAsLong();
    }
  }
}
