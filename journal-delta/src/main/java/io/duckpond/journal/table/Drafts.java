package io.duckpond.journal.table;

import io.duckpond.journal.disk.Lease;
import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data files that an open table has made and no commit lists yet. Their names carry the id of a
 * {@link Lease}, which is taken for the first of them: a writer in another process can tell whether
 * somebody still wants to commit them. Any thread.
 */
final class Drafts {
  private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);
  private static final Pattern NAME = Pattern.compile("\\.staged-(.{36})-[0-9a-f]{32}\\.tmp");

  private final Machine machine;
  private final Path directory;
  private final TimeOrderedIds ids;
  private Optional<Lease> lease = Optional.empty();

  Drafts(Machine machine, Path directory, TimeOrderedIds ids) {
    this.machine = machine;
    this.directory = directory;
    this.ids = ids;
  }

  /** Returns the id of the lease that a file of that name depends on; empty if it is no draft. */
  static Optional<String> leaseOf(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  StagedFileWriter begin(String partId) throws IOException {
    return new StagedRecords(machine, directory, partId, name());
  }

  /** Returns a name for a draft of a data file, which is not there yet. */
  String name() throws IOException {
    return ".staged-" + leaseId() + "-" + ids.next() + ".tmp";
  }

  private synchronized String leaseId() throws IOException {
    if (lease.isEmpty()) {
      lease = Optional.of(Lease.take(machine, directory));
    }
    return lease.get().id();
  }

  /** Removes the drafts of files that a commit lists under other names. */
  void remove(List<String> names) {
    for (String name : names) {
      try {
        machine.disk().delete(directory.resolve(name));
      } catch (NoSuchFileException e) {
        LOG.debug("[{}] is gone already", name);
      } catch (IOException e) {
        // What it holds is stored; the next writer tidies up.
        LOG.debug("[{}] is left behind", name, e);
      }
    }
  }

  void discard(StagedFile file) throws IOException {
    machine.disk().delete(directory.resolve(file.name()));
  }

  /** Leaves what is still there to the next writer. */
  synchronized void close() {
    try {
      if (lease.isPresent()) {
        lease.get().close();
      }
    } catch (IOException e) {
      LOG.debug("a lease in [{}] is left behind", directory, e);
    } finally {
      lease = Optional.empty();
    }
  }
}
