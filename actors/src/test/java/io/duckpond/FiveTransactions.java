package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/**
 * A pond of five transactions to damage: 2 makes /a and /a/small, 3 /large, 4 changes /a/small, 5
 * makes /a/b/deep.
 */
final class FiveTransactions {
  /** Bytes of /large. */
  static final int LARGE = 3_000_000;

  private FiveTransactions() {}

  static void make(Path folder) throws IOException {
    byte[] large = new byte[LARGE];
    new Random(3).nextBytes(large);
    try (Pond pond = Pond.create(folder, PondSettings.load())) {
      commit(
          pond,
          root -> {
            root.createDirectory("/a");
            put(root, "/a/small", "one".getBytes(UTF_8));
          });
      commit(pond, root -> put(root, "/large", large));
      commit(pond, root -> put(root, "/a/small", "two".getBytes(UTF_8)));
      commit(
          pond,
          root -> {
            root.createDirectory("/a/b");
            put(root, "/a/b/deep", "three".getBytes(UTF_8));
          });
    }
  }

  /** What a transaction does. */
  interface Work {
    void on(WorkingDirectory root) throws IOException;
  }

  static void commit(Pond pond, Work work) throws IOException {
    try (Transaction transaction = pond.begin()) {
      work.on(transaction.root());
      transaction.commit();
    }
  }

  static void put(WorkingDirectory root, String path, byte[] bytes) throws IOException {
    root.write(path, new ByteArrayInputStream(bytes));
  }
}
