package io.duckpond.launcher.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words of a command line as a POSIX shell reads and writes them. */
public final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");

  private static final Pattern ACTIVE = Pattern.compile("[\"\\\\$`!]");

  private ShellWords() {}

  /** Returns the words as one line that a shell reads back as they are. */
  public static String join(List<String> words) {
    return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }

  /** Returns one word, in quotes where a shell needs them. */
  public static String quote(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    // What no double quotes change reads better in them if it holds single ones.
    return word.indexOf('\'') >= 0 && !ACTIVE.matcher(word).find()
        ? '"' + word + '"'
        : "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * Returns the words of a line: blanks separate, quotes of both kinds and backslashes hold
   * together, {@code #} at the start of a word begins a comment. Nothing is expanded.
   *
   * @throws IllegalArgumentException saying which quote is not closed
   */
  public static List<String> split(String line) {
    return new Splitter(line).words();
  }

  /** Reads one line from left to right. */
  private static final class Splitter {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    Splitter(String line) {
      this.line = line;
    }

    List<String> words() {
      while (at < line.length()) {
        char c = line.charAt(at++);
        if (c == ' ' || c == '\t') {
          endWord();
        } else if (c == '#' && !inWord) {
          break;
        } else {
          inWord = true;
          part(c);
        }
      }
      endWord();
      return words;
    }

    private void part(char c) {
      switch (c) {
        case '\'' -> {
          int end = line.indexOf('\'', at);
          if (end < 0) {
            throw new IllegalArgumentException("no closing ' quote");
          }
          word.append(line, at, end);
          at = end + 1;
        }
        case '"' -> doubleQuoted();
        case '\\' -> {
          if (at == line.length()) {
            throw new IllegalArgumentException("nothing after the last \\");
          }
          word.append(line.charAt(at++));
        }
        default -> word.append(c);
      }
    }

    private void doubleQuoted() {
      while (at < line.length()) {
        char c = line.charAt(at++);
        if (c == '"') {
          return;
        }
        boolean escapes = c == '\\' && at < line.length() && "\"\\$`".indexOf(line.charAt(at)) >= 0;
        word.append(escapes ? line.charAt(at++) : c);
      }
      throw new IllegalArgumentException("no closing \" quote");
    }

    private void endWord() {
      if (inWord) {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
      }
    }
  }
}
