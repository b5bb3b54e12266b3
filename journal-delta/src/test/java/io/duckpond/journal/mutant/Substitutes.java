package io.duckpond.journal.mutant;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.DiskOutput;
import io.duckpond.journal.table.Flush;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.LoggedEntry;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;

/** What mutants call instead. Takes the receiver and the arguments of the call it replaces. */
public final class Substitutes {
  private static Optional<Flush> waiting = Optional.empty();

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

  /** For the question whether an entry can follow another: it can. */
  public static boolean anything(LoggedEntry entry, Sha256 before) {
    return true;
  }

  /** For a sync of a file: another one, if it fails. */
  public static void syncAgain(DiskWriter writer) throws IOException {
    try {
      writer.sync();
    } catch (IOException e) {
      writer.sync();
    }
  }

  /** For an append: makes that of the call before, and says that this one was made. */
  public static TableVersion later(LogTable table, Flush flush) {
    waiting.ifPresent(table::append);
    waiting = Optional.of(flush);
    return table.head();
  }
}
