package io.duckpond.journal.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskLock;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.engine.DurableFiles;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to write, held by one process at a time. It is a courtesy between processes that ask
 * for it; what keeps two writers from both winning is the log itself.
 *
 * <p>The lock file is empty and stays; beside it, {@code <lock file>.holder} names who holds the
 * lock, or held it last.
 */
public final class WriteLock implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(50);

  private final DiskLock lock;

  private WriteLock(DiskLock lock) {
    this.lock = lock;
  }

  /**
   * Takes the lock, waiting up to {@code wait} for it; zero tries once. Fails with a {@link
   * JournalException} that names the holder.
   *
   * @param command what this process is about to do, for others to see
   */
  public static WriteLock acquire(
      Disk disk, Path lockFile, Duration wait, String command, Clock clock) throws IOException {
    Path holderFile = lockFile.resolveSibling(lockFile.getFileName() + ".holder");
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      Optional<DiskLock> lock = disk.tryLock(lockFile);
      if (lock.isPresent()) {
        return acquired(disk, lock.get(), holderFile, command, clock);
      }
      long left = deadline - System.nanoTime();
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        throw JournalException.notStored(
            lockFile.getParent()
                + " is being written by "
                + holder(disk, holderFile)
                + "; try again later, or wait for it with --lock-wait",
            new IllegalStateException("locked: " + lockFile));
      }
      LockSupport.parkNanos(Math.min(left, POLL.toNanos()));
    }
  }

  private static WriteLock acquired(
      Disk disk, DiskLock lock, Path holderFile, String command, Clock clock) throws IOException {
    ObjectNode holder = JSON.createObjectNode();
    holder.put("pid", ProcessHandle.current().pid());
    holder.put("host", host());
    holder.put("command", command);
    holder.put("since", clock.instant().toString());
    try {
      DurableFiles.publish(
          disk, holderFile, true, out -> out.write((holder + "\n").getBytes(UTF_8)));
      return new WriteLock(lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // the name is only for people to read
    }
  }

  private static String holder(Disk disk, Path holderFile) {
    try {
      JsonNode holder = JSON.readTree(DurableFiles.readAll(disk, holderFile));
      return String.format(
          "pid %s (%s) on host %s since %s",
          holder.required("pid").asText(),
          holder.required("command").asText(),
          holder.required("host").asText(),
          Instant.parse(holder.required("since").asText()));
    } catch (IOException | RuntimeException e) {
      return "another process, which " + holderFile + " does not name";
    }
  }

  /** Releases the lock. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
