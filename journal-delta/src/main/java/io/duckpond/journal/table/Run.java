package io.duckpond.journal.table;

import java.util.Optional;

/**
 * What merging has made of several data files: one file, or several that share the partitions among
 * them.
 *
 * @param level how often its records have been merged; a file that a flush has written has none
 * @param id the same of all files of a run
 */
public record Run(int level, String id) {
  static Optional<Run> parse(String text) {
    int point = text.indexOf('.');
    try {
      return point < 1
          ? Optional.empty()
          : Optional.of(
              new Run(Integer.parseInt(text.substring(0, point)), text.substring(point + 1)));
    } catch (NumberFormatException e) {
      return Optional.empty(); // it is only merged once more than it need be
    }
  }

  String format() {
    return level + "." + id;
  }
}
