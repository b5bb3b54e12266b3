package io.duckpond.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the log keeps of a command line: the verb and its words, not where and how loud it ran. */
final class CommandText {
  private static final Set<String> ALONE =
      Set.of("--json", "-q", "--quiet", "-v", "--verbose", "--debug");
  private static final Set<String> WITH_VALUE =
      Set.of("--pond", "--color", "--lock-wait", "-m", "--message");

  private CommandText() {}

  static List<String> withoutGlobals(List<String> words) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        kept.addAll(words.subList(i, words.size()));
        break;
      }
      if (WITH_VALUE.contains(word)) {
        i++;
      } else if (!ALONE.contains(word) && !isJoined(word)) {
        kept.add(word);
      }
    }
    return kept;
  }

  private static boolean isJoined(String word) {
    int equals = word.indexOf('=');
    return equals > 0 && WITH_VALUE.contains(word.substring(0, equals));
  }
}
