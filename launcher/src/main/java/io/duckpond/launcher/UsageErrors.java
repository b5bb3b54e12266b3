package io.duckpond.launcher;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Command lines that make no sense, each said in one line. */
final class UsageErrors {

  private UsageErrors() {}

  static Complaint of(ParameterException wrong) {
    CommandLine where = wrong.getCommandLine();
    boolean atVerb = where.getParent() != null;
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return atVerb ? unmatchedAtVerb(unmatched) : unknownVerb(unmatched);
    }
    String what = String.valueOf(wrong.getMessage());
    return Complaint.usage(
        where.getCommandName(),
        what.substring(0, 1).toLowerCase(Locale.ROOT) + what.substring(1),
        where.getCommandSpec().qualifiedName() + " --help");
  }

  private static Complaint unmatchedAtVerb(UnmatchedArgumentException unmatched) {
    CommandLine where = unmatched.getCommandLine();
    String word = unmatched.getUnmatched().get(0);
    // "pond restore /a" is what somebody types who wants an old file back.
    if (where.getCommandName().equals("restore") && !word.startsWith("-")) {
      return Complaint.usage(
          "restore",
          "takes no path; it rebuilds the whole pond from its log",
          "to get old files back: pond copy --as-of X pond:/p DIR, or pond revert /p --to X");
    }
    String what = word.startsWith("-") ? "unknown option '" : "one word too many: '";
    return Complaint.usage(
        where.getCommandName(),
        what + word + "'",
        where.getCommandSpec().qualifiedName() + " --help");
  }

  private static Complaint unknownVerb(UnmatchedArgumentException unmatched) {
    String word = unmatched.getUnmatched().get(0);
    if (word.startsWith("-")) {
      return Complaint.usage("pond", "unknown option '" + word + "'", "pond --help");
    }
    String nearest =
        nearest(word, List.copyOf(unmatched.getCommandLine().getSubcommands().keySet()));
    return Complaint.usage(
        word, "no such verb", "did you mean " + nearest + "? pond --help lists the verbs");
  }

  private static String nearest(String word, List<String> verbs) {
    return verbs.stream()
        .min(
            Comparator.<String>comparingInt(verb -> distance(word, verb))
                .thenComparing(verb -> verb))
        .orElseThrow();
  }

  /** Returns how many letters must be put, dropped or changed; a swap of neighbours is one. */
  private static int distance(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        best = Math.min(best, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[left.length()][right.length()];
  }
}
