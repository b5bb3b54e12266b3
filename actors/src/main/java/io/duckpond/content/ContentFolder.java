package io.duckpond.content;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.SystemErrors;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names within {@code contents/}, and which directories hold names that a power cut might still
 * take. Any thread.
 */
final class ContentFolder {
  private static final Logger LOG = LoggerFactory.getLogger(ContentFolder.class);
  private static final Pattern TEMPORARY_OF_A_PROCESS = Pattern.compile("tmp-(\\d{1,18})-\\d+");
  private static final String TEMPORARY = "tmp-" + ProcessHandle.current().pid() + "-";

  private final Disk disk;
  private final Path directory;
  private final AtomicLong temporaries = new AtomicLong();

  /** Directories to sync before the next commit. */
  private final Set<Path> dirty = ConcurrentHashMap.newKeySet();

  /** Directories whose own names this process has made durable. */
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();

  ContentFolder(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  Path fileOf(Sha256 sha256) {
    String hex = sha256.hex();
    return directory.resolve(hex.substring(0, 2)).resolve(hex);
  }

  Path blocksOf(Sha256 sha256) {
    Path file = fileOf(sha256);
    return file.resolveSibling(file.getFileName() + ".blocks");
  }

  /** A file that nobody sees yet, open to be written. */
  record Temporary(Path file, DiskWriter writer) {}

  Temporary createTemporary() throws IOException {
    ensure(directory);
    for (; ; ) {
      Path file = directory.resolve(TEMPORARY + temporaries.getAndIncrement());
      try {
        return new Temporary(file, disk.create(file));
      } catch (FileAlreadyExistsException e) {
        // Left behind by a process of the same number that was killed, or in use by one in
        // another container: not ours to judge here. Try the next.
      }
    }
  }

  /**
   * Removes what processes have left on its way in that run no more. One that runs where it cannot
   * be seen from here, in another container, loses what it is taking in, and is told.
   */
  void removeAbandoned() {
    try {
      for (String name : disk.names(directory)) {
        if (isAbandoned(name)) {
          disk.delete(directory.resolve(name));
        }
      }
    } catch (NoSuchFileException e) {
      LOG.debug("nothing in [{}] to tidy up", directory);
    } catch (IOException e) {
      LOG.debug("[{}] is not tidied up", directory, e); // it is only litter
    }
  }

  private static boolean isAbandoned(String name) {
    Matcher matcher = TEMPORARY_OF_A_PROCESS.matcher(name);
    return matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty();
  }

  /** Makes sure that there is a directory to put {@code file} into. */
  void prepare(Path file) throws IOException {
    ensure(parentOf(file));
  }

  /** Notes that {@code file} has got its name, or was found under it, and somebody relies on it. */
  void relyOn(Path file) {
    Path parent = parentOf(file);
    dirty.add(parent);
    if (!durable.contains(parent)) {
      // Whoever made these directories, in this process or another, may not have synced them.
      dirty.add(directory);
      dirty.add(parentOf(directory));
    }
  }

  void sync() {
    List<Path> pending =
        dirty.stream().sorted(Comparator.comparingInt(Path::getNameCount).reversed()).toList();
    for (Path each : pending) {
      dirty.remove(each); // before the sync: a name that comes meanwhile makes it dirty again
      try {
        disk.syncDirectory(each);
      } catch (IOException e) {
        // All that is not surely synced is synced by the next attempt. A filesystem that lost a
        // directory's journal entry refuses every later sync, so trying again cannot deceive.
        dirty.addAll(pending);
        throw JournalException.notStored(
            "cannot make names durable: " + SystemErrors.message(e), e);
      }
    }
    durable.addAll(pending);
  }

  private void ensure(Path wanted) throws IOException {
    if (disk.stat(wanted).isPresent()) {
      return;
    }
    if (!wanted.equals(directory)) {
      ensure(directory);
    }
    try {
      disk.createDirectory(wanted);
    } catch (FileAlreadyExistsException e) {
      // Another thread or process was faster, which is as good.
      return;
    }
  }

  private static Path parentOf(Path path) {
    return Objects.requireNonNull(path.getParent(), "paths of a pond are absolute");
  }
}
