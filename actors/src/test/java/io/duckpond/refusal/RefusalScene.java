package io.duckpond.refusal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.Pond;
import io.duckpond.Transaction;
import io.duckpond.WorkingDirectory;
import io.duckpond.nio.PondFileSystems;
import io.duckpond.testkit.PondTestKit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pond to be asked for what it refuses, with a transaction on it and a folder of the host.
 *
 * <pre>
 *   /a/b/f          a file            /link -> a/b/f          /broken   out of order
 *   /a/up -> ../../x                  /dangling -> nowhere    /mirror   shows /full reversed
 *   /empty          a directory       /to -> fro -> to        /page     of a template
 *   /full/child     a file            /series                 /self     lists itself
 *                                                             /outside  shows the folder
 * </pre>
 */
final class RefusalScene implements AutoCloseable {
  final PondTestKit kit = new PondTestKit();

  /** A directory of the host that holds a file {@code f} and a directory {@code d}. */
  final Path host;

  private Transaction transaction;
  private FileSystem present;

  RefusalScene(Path host) throws IOException {
    this.host = host;
    Files.writeString(host.resolve("f"), "host");
    Files.createDirectory(host.resolve("d"));
    kit.pond().transact(RefusalScene::make, 1);
    kit.pond().root().createDynamic("/outside", "host", "{\"directory\":\"" + host + "\"}");
    transaction = kit.pond().begin();
    present = PondFileSystems.of(kit.pond());
  }

  private static boolean make(WorkingDirectory root) throws IOException {
    root.createDirectories("/a/b");
    root.createFile("/a/b/f", text("text"));
    root.createSymlink("/a/up", "../../x");
    root.createDirectory("/empty");
    root.createDirectory("/full");
    root.createFile("/full/child", text("child"));
    root.createSymlink("/link", "a/b/f");
    root.createSymlink("/dangling", "nowhere");
    root.createSymlink("/to", "fro");
    root.createSymlink("/fro", "to");
    root.append("/series", text("piece"));
    root.createDynamic("/broken", "reversed", "{\"of\":\"!\"}");
    root.createDynamic("/mirror", "reversed", "{\"of\":\"/full\"}");
    root.createDynamic("/page", "template", "{\"template\":\"{{size:/a/b/f}}\"}");
    root.createDynamic("/self", "glob", "{\"pattern\":\"/self/**\"}");
    return true;
  }

  static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  Pond pond() {
    return kit.pond();
  }

  /** Returns the transaction that a refusal leaves as it was: without a change. */
  Transaction transaction() {
    return transaction;
  }

  WorkingDirectory root() {
    return transaction.root();
  }

  /** Returns a committed state. */
  WorkingDirectory past() throws IOException {
    return kit.root();
  }

  FileSystem present() {
    return present;
  }

  Path path(String text) {
    return present.getPath(text);
  }

  Path pastPath(String text) throws IOException {
    return PondFileSystems.of(kit.pond(), kit.pond().view()).getPath(text);
  }

  /** Goes back to the newest state; what a refusal has closed is opened again. */
  void renew() throws IOException {
    transaction.close();
    if (!kit.pond().isOpen()) {
      kit.restart();
    }
    transaction = kit.pond().begin();
    present.close();
    present = PondFileSystems.of(kit.pond());
  }

  @Override
  public void close() throws IOException {
    transaction.close();
    present.close();
    kit.close();
  }
}
