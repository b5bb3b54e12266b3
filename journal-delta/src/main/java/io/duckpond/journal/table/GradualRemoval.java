package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.SystemErrors;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that nobody needs any more, on their way out: a few of them go with each commit, in the
 * order in which they were added. Any thread.
 *
 * <p>Many at a time would slow down the commits that follow, where a file system does not use an
 * inode again that was freed in an earlier second of the last minutes: it looks at each of those
 * whenever a file is made (ext4 without a journal, {@code recently_deleted} in its {@code
 * ialloc.c}). What is freed beside a commit is used by the next.
 */
final class GradualRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(GradualRemoval.class);

  /** As many as a commit makes: were it more, not all would be used again at once. */
  private static final int WITH_A_COMMIT = 2;

  /** Where so many wait, more is added than goes, and there would be no end. */
  private static final int MANY = 10_000;

  private final Disk disk;
  private final Set<Path> waiting = new LinkedHashSet<>();

  GradualRemoval(Disk disk) {
    this.disk = disk;
  }

  /** Adds files; of those that wait already nothing changes. */
  synchronized void add(List<Path> files) {
    waiting.addAll(files);
  }

  /** Removes a few; what cannot be removed is logged. */
  synchronized void some() {
    try {
      remove(waiting.size() > MANY ? 2 * WITH_A_COMMIT : WITH_A_COMMIT);
    } catch (IOException | RuntimeException e) {
      LOG.warn("a file that nobody needs was not removed: {}", SystemErrors.message(e));
    }
  }

  /** Removes all that wait. */
  synchronized void all() throws IOException {
    remove(Integer.MAX_VALUE);
  }

  /** If one cannot be removed, those behind it stay too: whoever tidies up next finds them. */
  private void remove(int most) throws IOException {
    for (int count = 0; count < most && !waiting.isEmpty(); count++) {
      Path file = waiting.iterator().next();
      waiting.remove(file);
      try {
        disk.delete(file);
      } catch (NoSuchFileException e) {
        LOG.debug("[{}] is gone already", file);
      } catch (IOException | RuntimeException e) {
        waiting.clear();
        throw e;
      }
    }
  }
}
