package io.duckpond.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An endless series of changing verbs that a seed determines: the same in the process that runs
 * them and in the one that knows what must have come of the first n.
 */
final class Series {
  /** What the model holds for a directory. */
  static final String DIRECTORY = "directory";

  private static final int LARGE_BYTES = 150_000;

  private final long seed;
  private final Path host;

  /** {@code host} is a folder with the tree that the copies take, see {@link #makeHostTree}. */
  Series(long seed, Path host) {
    this.seed = seed;
    this.host = host;
  }

  /** A verb, and what it makes of the tree: every path with its content. */
  record Verb(List<String> words, SortedMap<String, String> after) {}

  /** Makes the tree that the copies take. */
  void makeHostTree() throws IOException {
    Files.createDirectories(host.resolve("sub"));
    Files.writeString(host.resolve("small"), "small");
    Files.writeString(host.resolve("sub/large"), large(seed));
  }

  /** Returns verb {@code number}, from 0, given what those before it have made. */
  Verb verb(long number, SortedMap<String, String> before) {
    Random random = new Random(seed * 31 + number);
    SortedMap<String, String> after = new TreeMap<>(before);
    List<String> files =
        before.entrySet().stream()
            .filter(node -> !node.getValue().equals(DIRECTORY))
            .map(Map.Entry::getKey)
            .toList();
    int what = random.nextInt(4);
    if (what == 0 && !files.isEmpty()) {
      String from = files.get(random.nextInt(files.size()));
      String to = "/moved-" + number;
      after.put(to, after.remove(from));
      return new Verb(List.of("mv", from, to), after);
    }
    if (what == 1) {
      after.put("/dir-" + number, DIRECTORY);
      return new Verb(List.of("mkdir", "/dir-" + number), after);
    }
    if (what == 2) {
      String copy = "/copy-" + number;
      after.put(copy, DIRECTORY);
      after.put(copy + "/small", "small");
      after.put(copy + "/sub", DIRECTORY);
      after.put(copy + "/sub/large", large(seed));
      return new Verb(List.of("copy", "-q", host.toString(), "pond:" + copy), after);
    }
    // Now and then a new version of a file that is there.
    String path =
        files.isEmpty() || random.nextInt(3) > 0
            ? "/file-" + number
            : files.get(random.nextInt(files.size()));
    String content = random.nextInt(3) == 0 ? large(seed + number) : "content " + number;
    after.put(path, content);
    return new Verb(List.of("put", path), after);
  }

  /** Returns what the verb reads from standard input. */
  static byte[] input(Verb verb) {
    return verb.words().get(0).equals("put")
        ? verb.after().getOrDefault(verb.words().get(1), "").getBytes(UTF_8)
        : new byte[0];
  }

  private static String large(long seed) {
    StringBuilder text = new StringBuilder(LARGE_BYTES);
    Random random = new Random(seed);
    while (text.length() < LARGE_BYTES) {
      text.append(Long.toHexString(random.nextLong()));
    }
    return text.toString();
  }
}
