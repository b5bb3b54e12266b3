package io.duckpond.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The write lock of a pond, held by another process, as it must be to stand in our way. */
final class HeldLock implements AutoCloseable {
  private final Process holder;

  private HeldLock(Process holder) {
    this.holder = holder;
  }

  static HeldLock of(Path pond) throws IOException {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HeldLock.class.getName(),
                pond.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // It prints one line once it has the lock.
    new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
    return new HeldLock(holder);
  }

  boolean isHeld() {
    return holder.isAlive();
  }

  @Override
  public void close() {
    holder.destroyForcibly();
    holder.onExit().join();
  }

  /** Holds the lock until it is killed or its input ends. */
  public static void main(String[] args) throws IOException {
    var lock =
        java.nio.channels.FileChannel.open(
                Path.of(args[0], "write.lock"),
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.WRITE)
            .lock();
    System.out.println(lock.isValid());
    while (System.in.read() >= 0) {
      // Nothing is expected; the end of the input is.
    }
  }
}
