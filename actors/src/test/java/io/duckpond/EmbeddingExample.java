package io.duckpond;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pond in a plain program. */
public final class EmbeddingExample {
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    PondSettings settings = PondSettings.load();
    try (Pond pond = Files.exists(folder) ? Pond.open(folder) : Pond.create(folder, settings);
        Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createDirectories("/reports/2026");
      root.write("/reports/2026/november", new ByteArrayInputStream("rain".getBytes()));
      CommitResult result = transaction.commit(CommitInfo.message("first report"));
      System.out.println("transaction " + result.txnSeq() + " is durable");

      // Without blocking, on the newest committed state:
      pond.readAsync(now -> new String(now.readBytes("/reports/2026/november")))
          .thenAccept(report -> System.out.println("it says: " + report))
          .toCompletableFuture()
          .join();
      System.out.println("before: " + pond.asOf(1).root().list("/").size() + " entries");
    }
  }
}
