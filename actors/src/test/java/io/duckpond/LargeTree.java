package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree of any size: directories in each other, each with a few files, and one large directory
 * beside them. Its paths follow from their numbers, so that a test need not keep a million.
 *
 * <pre>
 *   /large/entry-0.txt …                                  inLarge of them
 *   /directory-1/directory-3/ … /directory-200/file-0.txt
 * </pre>
 *
 * @param directories the small ones, the root and the large one not counted
 * @param fanOut directories in each directory but the lowest
 * @param filesInEach files in each of these directories
 * @param inLarge files in the large one
 */
record LargeTree(int directories, int fanOut, int filesInEach, int inLarge) {
  static final String LARGE = "/large";

  int files() {
    return inLarge + directories * filesInEach;
  }

  /** Returns the number of nodes below the root. */
  int nodes() {
    return 1 + directories + files();
  }

  /** Returns the path of a directory; those from 1 on are below that of number 0, the root. */
  String directory(int number) {
    StringBuilder path = new StringBuilder();
    for (int at = number; at > 0; at = (at - 1) / fanOut) {
      path.insert(0, "/directory-" + at);
    }
    return path.toString();
  }

  /** Returns the path of a file; those of the large directory come first. */
  String file(int number) {
    if (number < inLarge) {
      return LARGE + "/entry-" + number + ".txt";
    }
    int below = number - inLarge;
    return directory(1 + below / filesInEach) + "/file-" + below % filesInEach + ".txt";
  }

  /** Returns what a file holds. */
  static InputStream content(String path) {
    return new ByteArrayInputStream(path.getBytes(UTF_8));
  }

  /** Makes all of it, {@code inTransaction} nodes in each transaction. */
  void build(Pond pond, int inTransaction) throws IOException {
    try (Transaction transaction = pond.begin()) {
      transaction.root().createDirectory(LARGE);
      for (int i = 1; i <= directories; i++) {
        transaction.root().createDirectory(directory(i));
        if (i % inTransaction == 0) {
          transaction.commit();
        }
      }
      for (int i = 0; i < files(); i++) {
        String file = file(i);
        transaction.root().createFile(file, content(file));
        if (i % inTransaction == 0) {
          transaction.commit();
        }
      }
      transaction.commit();
    }
  }

  /** Returns the directories on the way to a path, the root first. */
  static List<String> above(String path) {
    List<String> above = new ArrayList<>(List.of("/"));
    for (int at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) {
      above.add(path.substring(0, at));
    }
    return above;
  }
}
