package io.duckpond.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A disk before another one of which one operation fails, or all from one on. It counts what could
 * have failed, so that a caller can go through every operation of a run:
 *
 * <pre>{@code
 * for (long k = 0; k == 0 || disk.failed().isPresent(); k++) {
 *   disk.fail(Fault.NO_SPACE, k, Times.ONCE);
 *   run(disk);
 * }
 * }</pre>
 *
 * <p>Safe for many threads.
 */
public final class FaultyDisk extends ForwardingDisk {

  /** An error, and the operations that a system can refuse with it. */
  public enum Fault {
    /** The medium fails (EIO), whatever is asked of it. */
    IO_ERROR(
        "Input/output error",
        Set.of(
            "create",
            "open",
            "write",
            "read",
            "sync",
            "syncdir",
            "link",
            "rename",
            "delete",
            "mkdir",
            "symlink",
            "readlink",
            "list",
            "stat",
            "chmod",
            "utime",
            "lock")),
    /** There is no room (ENOSPC): nothing grows, all else works. */
    NO_SPACE(
        "No space left on device",
        Set.of("create", "write", "sync", "syncdir", "link", "rename", "mkdir", "symlink", "lock")),
    /** There are no descriptors (EMFILE): nothing can be opened. */
    NO_DESCRIPTORS(
        "Too many open files",
        Set.of("create", "open", "syncdir", "list", "chmod", "utime", "lock")),
    /** The file system is, or has become, read-only (EROFS). */
    READ_ONLY(
        "Read-only file system",
        Set.of(
            "create", "write", "sync", "syncdir", "link", "rename", "delete", "mkdir", "symlink",
            "chmod", "utime", "lock")),
    /** A write stores a part of its bytes, and then there is no room for the rest. */
    SHORT_WRITE("No space left on device", Set.of("write")),
    /** What changes or syncs something is done, and then said to have failed (EIO). */
    UNSEEN_SUCCESS(
        "Input/output error",
        Set.of(
            "create", "write", "sync", "syncdir", "link", "rename", "delete", "mkdir", "symlink",
            "chmod", "utime"));

    private final String message;
    private final Set<String> operations;

    Fault(String message, Set<String> operations) {
      this.message = message;
      this.operations = operations;
    }

    /** Returns the system's words for it. */
    public String message() {
      return message;
    }

    /** Returns whether a system can refuse an operation with this error. */
    public boolean canHit(String operation) {
      return operations.contains(operation);
    }
  }

  /** How often an operation fails. */
  public enum Times {
    /** Once; what is tried again succeeds. */
    ONCE,
    /** From then on, until {@link #heal}. */
    FOR_EVER
  }

  private final Disk disk;

  /** What is to be said of the operation that this thread is in the middle of. */
  private final ThreadLocal<@Nullable Fault> afterwards = new ThreadLocal<>();

  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private Optional<Plan> plan = Optional.empty();
  private Optional<String> failed = Optional.empty();

  private record Plan(Fault fault, long after, Times times) {
    boolean hits(String operation, long count) {
      return fault.canHit(operation) && (times == Times.ONCE ? count == after : count >= after);
    }
  }

  /** Fails nothing until told to. */
  public FaultyDisk(Disk disk) {
    super(disk);
    this.disk = disk;
  }

  /**
   * Lets {@code after} more operations that {@code fault} could hit succeed, and fails the next.
   * Starts all counts anew.
   */
  public synchronized void fail(Fault fault, long after, Times times) {
    counts.clear();
    failed = Optional.empty();
    plan = Optional.of(new Plan(fault, after, times));
  }

  /** Fails nothing any more; the counts go on. */
  public synchronized void heal() {
    plan = Optional.empty();
  }

  /** Returns the first operation that has failed since {@link #fail}, and its path. */
  public synchronized Optional<String> failed() {
    return failed;
  }

  /** Returns how many operations {@code fault} could have hit, since {@link #fail} or the start. */
  public synchronized long operations(Fault fault) {
    return counts.getOrDefault(fault, 0L);
  }

  /** Counts an operation and returns what becomes of it. */
  private synchronized Optional<Fault> fate(String operation, Path path) {
    Optional<Fault> hit =
        plan.filter(p -> p.hits(operation, counts.getOrDefault(p.fault, 0L))).map(Plan::fault);
    for (Fault fault : Fault.values()) {
      if (fault.canHit(operation)) {
        counts.merge(fault, 1L, Long::sum);
      }
    }
    if (hit.isPresent() && failed.isEmpty()) {
      failed = Optional.of(operation + " " + path);
    }
    return hit;
  }

  @Override
  protected void before(String operation, Path path) throws IOException {
    Optional<Fault> fault = fate(operation, path);
    afterwards.remove();
    if (fault.isPresent()) {
      if (fault.get() == Fault.UNSEEN_SUCCESS || fault.get() == Fault.SHORT_WRITE) {
        afterwards.set(fault.get());
      } else {
        throw error(fault.get(), path);
      }
    }
  }

  @Override
  protected void after(String operation, Path path) throws IOException {
    Fault fault = afterwards.get();
    if (fault != null) {
      afterwards.remove();
      throw error(fault, path);
    }
  }

  private static IOException error(Fault fault, Path path) {
    return new FileSystemException(path.toString(), null, fault.message);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    before("syncdir", directory);
    disk.syncDirectory(directory);
    after("syncdir", directory);
  }

  @Override
  public DiskWriter create(Path file) throws IOException {
    before("create", file);
    DiskWriter writer = disk.create(file);
    try {
      after("create", file);
    } catch (IOException e) {
      writer.close();
      throw e;
    }
    return new DiskWriter() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        before("write", file);
        if (afterwards.get() == Fault.SHORT_WRITE) {
          bytes.limit(bytes.position() + bytes.remaining() / 2);
        }
        writer.write(bytes);
        after("write", file);
      }

      @Override
      public long position() {
        return writer.position();
      }

      @Override
      public void sync() throws IOException {
        before("sync", file);
        writer.sync();
        after("sync", file);
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }
}
