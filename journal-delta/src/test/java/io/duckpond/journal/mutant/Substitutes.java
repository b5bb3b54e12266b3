package io.duckpond.journal.mutant;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.engine.DiskOutput;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;

/** What mutants call instead. Takes the receiver and the arguments of the call it replaces. */
public final class Substitutes {
  private Substitutes() {}

  /** For a sync of a file: hands the bytes to the system, and leaves it at that. */
  public static void drain(DiskOutput out) throws IOException {
    try {
      Method drain = DiskOutput.class.getDeclaredMethod("drain");
      drain.setAccessible(true);
      drain.invoke(out);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For a sync of a directory: nothing. */
  public static void unsynced(Disk disk, Path directory) {}

  /** For a link: a rename, which replaces what is there. */
  public static void rename(Disk disk, Path from, Path to) throws IOException {
    disk.rename(from, to);
    disk.create(from).close(); // what the code removes next
  }

  /** For a look at what is there: nothing is. */
  public static Optional<DiskEntry> nothing(Disk disk, Path path) {
    return Optional.empty();
  }

  /** For a comparison: all is alike. */
  public static boolean alike(Object one, Object two) {
    return true;
  }
}
