package io.duckpond.journal.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskLock;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.DurableFiles;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to write, held by one process at a time. It is a courtesy between processes that ask
 * for it; what keeps two writers from both winning is the log itself.
 *
 * <p>The lock file is empty and stays; beside it, {@code <lock file>.holder} names who holds the
 * lock, or was killed while holding it.
 */
public final class WriteLock implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(50);

  private final Disk disk;
  private final DiskLock lock;
  private final Path holderFile;
  private boolean closed;

  private WriteLock(Disk disk, DiskLock lock, Path holderFile) {
    this.disk = disk;
    this.lock = lock;
    this.holderFile = holderFile;
  }

  /**
   * Takes the lock, waiting up to {@code wait} for it; zero tries once. Fails with a {@link
   * JournalException} that names the holder.
   *
   * @param command what this process is about to do, for others to see
   */
  public static WriteLock acquire(Machine machine, Path lockFile, Duration wait, String command)
      throws IOException {
    Disk disk = machine.disk();
    Path holderFile = holderFile(lockFile);
    Duration left = wait;
    while (true) {
      Optional<DiskLock> lock = disk.tryLock(lockFile);
      if (lock.isPresent()) {
        return acquired(machine, lock.get(), holderFile, command);
      }
      if (left.compareTo(Duration.ZERO) <= 0 || Thread.currentThread().isInterrupted()) {
        throw JournalException.notStored(
            lockFile.getParent()
                + " is being written by "
                + holderForPeople(disk, holderFile)
                + "; try again later, or wait for it with --lock-wait",
            new IllegalStateException("locked: " + lockFile));
      }
      machine.threads().pause(left.compareTo(POLL) < 0 ? left : POLL);
      left = left.minus(POLL);
    }
  }

  private static WriteLock acquired(Machine machine, DiskLock lock, Path holderFile, String command)
      throws IOException {
    ObjectNode holder = JSON.createObjectNode();
    holder.put("pid", ProcessHandle.current().pid());
    holder.put("host", host());
    holder.put("command", command);
    holder.put("since", machine.clock().instant().toString());
    try {
      Sha256 unused =
          DurableFiles.publish(
              machine, holderFile, true, out -> out.write((holder + "\n").getBytes(UTF_8)));
      return new WriteLock(machine.disk(), lock, holderFile);
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

  private static Path holderFile(Path lockFile) {
    return lockFile.resolveSibling(lockFile.getFileName() + ".holder");
  }

  /**
   * Returns who holds the lock without touching it; empty if nobody is named, or a process of this
   * machine that runs no more.
   */
  public static Optional<String> holder(Disk disk, Path lockFile) throws IOException {
    Path holderFile = holderFile(lockFile);
    if (disk.stat(holderFile).isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode holder = JSON.readTree(DurableFiles.readAll(disk, holderFile));
      boolean gone =
          holder.required("host").asText().equals(host())
              && !isAlive(holder.required("pid").asLong());
      return gone ? Optional.empty() : Optional.of(description(holder));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // released meanwhile
    } catch (JsonProcessingException | RuntimeException e) {
      return Optional.of("another process, which " + holderFile + " does not name");
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private static String holderForPeople(Disk disk, Path holderFile) {
    try {
      return description(JSON.readTree(DurableFiles.readAll(disk, holderFile)));
    } catch (IOException | RuntimeException e) {
      return "another process, which " + holderFile + " does not name";
    }
  }

  private static String description(JsonNode holder) {
    return String.format(
        "pid %s (%s) on host %s since %s",
        holder.required("pid").asText(),
        holder.required("command").asText(),
        holder.required("host").asText(),
        Instant.parse(holder.required("since").asText()));
  }

  /** Releases the lock; closing it again does nothing. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      // While the lock is still ours: the next holder writes its own.
      disk.delete(holderFile);
    } catch (NoSuchFileException e) {
      return; // it only names the holder to others, and somebody has removed it
    } finally {
      lock.close();
    }
  }
}
