package io.duckpond.launcher.command;

import io.duckpond.launcher.Complaint;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The words of {@code copy}, sorted out: exactly one side is in the pond.
 *
 * @param into whether the destination is in the pond
 * @param sources without their prefix
 * @param destination without its prefix
 */
record CopyArguments(boolean into, List<String> sources, String destination) {
  private static final String POND = "pond:";
  private static final String HOST = "host://";

  /** Returns the sides, or complains of a command line that makes no sense. */
  static CopyArguments parse(List<String> words) {
    List<String> sources = words.subList(0, words.size() - 1);
    String destination = words.get(words.size() - 1);
    boolean into = isInPond(destination);
    long inPond = sources.stream().filter(CopyArguments::isInPond).count();
    if (into && inPond > 0) {
      throw Complaint.usage("copy", "both sides are in the pond", "inside the pond use cp")
          .exception();
    }
    if (!into && inPond < sources.size()) {
      String what = inPond == 0 ? "neither side is in the pond" : "sources of both kinds";
      throw Complaint.usage("copy", what, "pond paths begin with pond: as in pond:/notes.txt")
          .exception();
    }
    return new CopyArguments(
        into, sources.stream().map(CopyArguments::bare).toList(), bare(destination));
  }

  /**
   * Returns the host path of a destination. A trailing slash becomes a {@code .} as last component,
   * as {@link Path} does not keep it.
   */
  static Path hostDestination(String text) {
    Path path = hostPath(text);
    return text.endsWith("/") ? path.resolve(".") : path;
  }

  /** Returns the host path of a source; here {@code SRC/} is {@code SRC}, unlike {@code SRC/.}. */
  static Path hostPath(String text) {
    try {
      return Path.of(text).toAbsolutePath();
    } catch (InvalidPathException odd) {
      throw Complaint.refusal(text, odd.getReason().toLowerCase(Locale.ROOT)).exception();
    }
  }

  private static boolean isInPond(String word) {
    return word.startsWith(POND);
  }

  private static String bare(String word) {
    if (isInPond(word)) {
      String path = word.substring(POND.length());
      return path.isEmpty() ? "/" : path;
    }
    if (!word.startsWith(HOST)) {
      return word;
    }
    String path = word.substring(HOST.length());
    if (!path.startsWith("/")) {
      throw Complaint.usage("copy", "not a path of this host: " + word, "as in host:///tmp/x")
          .exception();
    }
    return path;
  }
}
