package io.duckpond.nio;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The globs of {@link java.nio.file.FileSystem#getPathMatcher}, as regular expressions: {@code *}
 * and {@code ?} stay within a name, {@code **} does not, {@code [abc] [a-c] [!a]} and {@code {a,b}}
 * (not within each other), {@code \} takes the next character as it is. These are not the globs of
 * {@code WorkingDirectory}, which know hidden names and capture.
 */
final class GlobSyntax {
  private static final String OF_REGEX = ".^$+{[]|()*?\\";

  private final String glob;
  private final StringBuilder regex = new StringBuilder();
  private int at;
  private boolean inGroup;

  private GlobSyntax(String glob) {
    this.glob = glob;
  }

  /** Returns what matches whole paths, or throws {@link PatternSyntaxException}. */
  static Pattern compile(String glob) {
    return Pattern.compile(new GlobSyntax(glob).translate(), Pattern.DOTALL);
  }

  private String translate() {
    while (at < glob.length()) {
      one(glob.charAt(at++));
    }
    if (inGroup) {
      throw wrong("a '{' without its '}'");
    }
    return regex.toString();
  }

  private void one(char character) {
    switch (character) {
      case '\\' -> literal(next("nothing to take as it is"));
      case '?' -> regex.append("[^/]");
      case '*' -> star();
      case '[' -> characterClass();
      case '{' -> openGroup();
      case '}' -> closeGroup();
      case ',' -> regex.append(inGroup ? ")|(?:" : ",");
      default -> literal(character);
    }
  }

  private char next(String problem) {
    if (at == glob.length()) {
      throw wrong(problem);
    }
    return glob.charAt(at++);
  }

  private void literal(char character) {
    if (OF_REGEX.indexOf(character) >= 0) {
      regex.append('\\');
    }
    regex.append(character);
  }

  private void star() {
    if (isNext('*')) {
      at++;
      regex.append(".*");
    } else {
      regex.append("[^/]*");
    }
  }

  private void openGroup() {
    if (inGroup) {
      throw wrong("a '{' within another");
    }
    inGroup = true;
    regex.append("(?:(?:");
  }

  private void closeGroup() {
    regex.append(inGroup ? "))" : "\\}");
    inGroup = false;
  }

  private void characterClass() {
    regex.append("[[^/]&&[");
    beginClass();
    char begin = 0;
    boolean mayRange = false;
    for (char character = inClass(); character != ']'; character = inClass()) {
      if (character == '/') {
        throw wrong("a '/' in a class");
      }
      if (character != '-') {
        literalInClass(character);
        begin = character;
        mayRange = true;
      } else if (!mayRange) {
        throw wrong("a range that begins nowhere");
      } else if (isNext(']')) {
        regex.append("\\-");
      } else {
        regex.append('-');
        char end = inClass();
        if (end < begin) {
          throw wrong("a range that ends before it begins");
        }
        literalInClass(end);
        mayRange = false;
      }
    }
    regex.append("]]");
  }

  /** A hyphen stands for itself here; but after a {@code ^}, which does too, the JDK refuses it. */
  private void beginClass() {
    if (isNext('^')) {
      at++;
      regex.append("\\^");
      return;
    }
    if (isNext('!')) {
      at++;
      regex.append('^');
    }
    if (isNext('-')) {
      at++;
      regex.append("\\-");
    }
  }

  private boolean isNext(char character) {
    return at < glob.length() && glob.charAt(at) == character;
  }

  private char inClass() {
    return next("a '[' without its ']'");
  }

  private void literalInClass(char character) {
    if ("\\[&^".indexOf(character) >= 0) {
      regex.append('\\');
    }
    regex.append(character);
  }

  private PatternSyntaxException wrong(String problem) {
    return new PatternSyntaxException(problem, glob, at - 1);
  }
}
