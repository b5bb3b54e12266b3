package io.duckpond.host;

import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Globs of what a copy leaves out. One without a slash is about names at any depth, one with a
 * slash about paths relative to the source, where {@code **} stands for any number of levels; one
 * that ends with a slash is about directories only. What is below an excluded directory is left out
 * with it.
 */
final class Exclusions {
  private final List<Rule> rules = new ArrayList<>();

  private record Rule(Pattern pattern, boolean ofPaths, boolean ofDirectories) {}

  Exclusions(List<String> globs) throws FileSystemException {
    for (String glob : globs) {
      boolean ofDirectories = glob.endsWith("/");
      String bare = ofDirectories ? glob.substring(0, glob.length() - 1) : glob;
      boolean ofPaths = bare.indexOf('/') >= 0;
      String anchored = bare.startsWith("/") ? bare.substring(1) : bare;
      try {
        rules.add(new Rule(compile(anchored), ofPaths, ofDirectories));
      } catch (PatternSyntaxException e) {
        FileSystemException refusal =
            new FileSystemException(glob, null, "not a glob: " + e.getDescription());
        refusal.initCause(e);
        throw refusal;
      }
    }
  }

  /**
   * Returns whether to leave out the node at {@code relative}, a path without a leading slash.
   *
   * @param directory whether it is a directory
   */
  boolean match(String relative, String name, boolean directory) {
    for (Rule rule : rules) {
      if ((directory || !rule.ofDirectories())
          && rule.pattern().matcher(rule.ofPaths() ? relative : name).matches()) {
        return true;
      }
    }
    return false;
  }

  private static Pattern compile(String glob) {
    StringBuilder regex = new StringBuilder();
    int alternatives = 0;
    int at = 0;
    while (at < glob.length()) {
      char c = glob.charAt(at);
      int next = at + 1;
      if (glob.startsWith("**/", at)) {
        regex.append("(?:.*/)?");
        next = at + 3;
      } else if (glob.startsWith("**", at)) {
        regex.append(".*");
        next = at + 2;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '[') {
        next = appendClass(glob, at, regex);
      } else if (c == '{') {
        regex.append("(?:");
        alternatives++;
      } else if (c == '}' && alternatives > 0) {
        regex.append(')');
        alternatives--;
      } else if (c == ',' && alternatives > 0) {
        regex.append('|');
      } else if (c == '\\' && next < glob.length()) {
        next = glob.offsetByCodePoints(next, 1);
        regex.append(Pattern.quote(glob.substring(at + 1, next)));
      } else {
        next = glob.offsetByCodePoints(at, 1);
        regex.append(Pattern.quote(glob.substring(at, next)));
      }
      at = next;
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** Translates the class that begins at {@code open}; returns where the glob goes on. */
  private static int appendClass(String glob, int open, StringBuilder regex) {
    int from = open + 1;
    boolean negated =
        from < glob.length() && (glob.charAt(from) == '!' || glob.charAt(from) == '^');
    if (negated) {
      from++;
    }
    int close = glob.indexOf(']', from + 1); // the first character may be a bracket itself
    if (close < 0) {
      throw new PatternSyntaxException("unclosed [", glob, open);
    }
    regex.append(negated ? "[^/" : "[");
    for (int i = from; i < close; i++) {
      char c = glob.charAt(i);
      if ("\\[]^&".indexOf(c) >= 0) {
        regex.append('\\');
      }
      regex.append(c);
    }
    regex.append(']');
    return close + 1;
  }
}
