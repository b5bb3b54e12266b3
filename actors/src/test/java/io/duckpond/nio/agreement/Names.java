package io.duckpond.nio.agreement;

import java.util.List;
import java.util.Random;
import java.util.SortedMap;

/** Random paths: of what is there, of what could be, and of what no file system likes. */
final class Names {
  private static final List<String> PLAIN = List.of("a", "b", "c", "d");
  private static final List<String> HOSTILE =
      List.of(
          "déjà",
          "de\u0301ja\u0300",
          "x y",
          " ",
          "\ud83d\ude00",
          "*",
          "[a]",
          "{a,b}",
          "a\\b",
          "line\nbreak",
          "\r",
          ".hidden",
          "...",
          "-rf",
          "?",
          "tab\t",
          "\u007f",
          "\u202e",
          "%2F",
          "A",
          "é".repeat(127) + "x");

  /** Refused by pond; jimfs would take all but the first. */
  private static final List<String> IMPOSSIBLE =
      List.of(
          "nul\0",
          "half\ud83d",
          "n".repeat(256),
          "é".repeat(128),
          ("d".repeat(255) + "/").repeat(17));

  private final Random random;
  private final List<String> known;
  private final List<String> directories;

  /** Chooses among the paths of {@code tree}. */
  Names(Random random, SortedMap<String, String> tree) {
    this.random = random;
    this.known = List.copyOf(tree.keySet());
    this.directories =
        known.stream().filter(path -> TreePicture.isDirectory(tree.get(path))).toList();
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  boolean oneIn(int number) {
    return random.nextInt(number) == 0;
  }

  String name() {
    return one(oneIn(3) ? HOSTILE : PLAIN);
  }

  /** Returns a path to look at; it may end in dots. */
  String anyPath() {
    String path = path();
    return oneIn(30) ? path + (random.nextBoolean() ? "/." : "/..") : path;
  }

  /** Returns a path that ends in a name, or is the root. */
  String path() {
    String path =
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3, 4, 5 -> one(known);
          case 6, 7, 8 -> one(directories) + "/" + name();
          default -> wild();
        };
    return decorated(path.startsWith("//") ? path.substring(1) : path);
  }

  /** Returns a path that may be free, without dots or impossible names. */
  String newPath() {
    return one(oneIn(6) ? known : directories) + "/" + name() + (oneIn(3) ? "/" + name() : "");
  }

  private String wild() {
    if (oneIn(30)) {
      return "/" + one(IMPOSSIBLE);
    }
    StringBuilder path = new StringBuilder();
    for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
      path.append('/').append(name());
    }
    return path.toString();
  }

  private String decorated(String path) {
    int last = path.lastIndexOf('/');
    String before = path.substring(0, last);
    String end = path.substring(last);
    return switch (random.nextInt(24)) {
      case 0 -> before + "/." + end;
      case 1 -> before + "/" + name() + "/.." + end;
      case 2 -> "/.." + path;
      case 3 -> before + "/" + end + "/";
      case 4, 5 -> path.substring(1);
      default -> path;
    };
  }

  /** Returns where a link may lead: up, across, down, to itself. */
  String target() {
    return switch (random.nextInt(6)) {
      case 0 -> "../" + name();
      case 1 -> name();
      case 2 -> "../" + name() + "/../" + name();
      case 3 -> oneIn(3) ? "." : "..";
      default -> path();
    };
  }
}
