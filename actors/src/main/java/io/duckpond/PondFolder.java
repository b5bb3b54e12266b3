package io.duckpond;

import io.duckpond.journal.disk.Directories;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealPath;
import io.duckpond.oplog.Oplog;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands where in a pond's folder. */
record PondFolder(Machine machine, Path directory) {
  private static final Logger logger = LoggerFactory.getLogger(PondFolder.class);
  private static final int OWNER_ONLY = 0700;
  private static final String OPLOG = "oplog";
  private static final String CONTENTS = "contents";
  private static final String SNAPSHOTS = "snapshots";
  private static final String QUARANTINE = "quarantine";
  private static final String LOCK = "write.lock";
  private static final String HOLDER = "write.lock.holder";
  private static final String PROBE = ".link-probe-";
  private static final String LOCK_TEMPORARY = "." + LOCK + ".";

  /** What a pond, or one that is half made, may have in its folder. */
  private static final Set<String> OURS =
      Set.of(OPLOG, CONTENTS, SNAPSHOTS, QUARANTINE, LOCK, HOLDER);

  /** Returns the folder at a path; a symbolic link that is its last component is followed. */
  static PondFolder at(Machine machine, Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    boolean isLink =
        machine
            .disk()
            .stat(absolute)
            .filter(found -> found.kind() == DiskEntry.Kind.SYMLINK)
            .isPresent();
    return new PondFolder(machine, isLink ? RealPath.of(machine.disk(), absolute) : absolute);
  }

  Disk disk() {
    return machine.disk();
  }

  Path oplog() {
    return directory.resolve(OPLOG);
  }

  Path contents() {
    return directory.resolve(CONTENTS);
  }

  Path quarantine() {
    return directory.resolve(QUARANTINE);
  }

  Path snapshots() {
    return directory.resolve(SNAPSHOTS);
  }

  /** Returns whether a name in the folder is that of snapshots, or of some on their way. */
  boolean isCache(Path path) {
    return directory.equals(path.getParent())
        && String.valueOf(path.getFileName()).matches(SNAPSHOTS + "(\\..*)?");
  }

  Path lock() {
    return directory.resolve(LOCK);
  }

  /** Returns the folder's own leftovers; what is not ours is left unmentioned. */
  List<Finding> leftovers() throws IOException {
    List<Finding> leftovers = new ArrayList<>();
    for (String name : disk().names(directory).stream().sorted().toList()) {
      if (name.startsWith(PROBE)
          || name.startsWith(LOCK_TEMPORARY)
          || name.startsWith(SNAPSHOTS + ".")) {
        leftovers.add(
            Finding.of(
                Finding.Kind.TEMPORARY,
                false,
                name,
                "no file",
                "one that a process began, which was interrupted or is still at it",
                "does no harm; a repair sets it aside"));
      }
    }
    return leftovers;
  }

  /** Opens the log; a folder without one that has a first transaction is no pond. */
  Oplog openOplog(int mergeFanIn) throws IOException {
    if (!isDirectory(oplog())) {
      throw new NoSuchFileException(directory.toString(), null, "no pond there");
    }
    Oplog oplog = openTable(mergeFanIn);
    if (oplog.txnSeq() == 0) {
      oplog.close();
      throw new NoSuchFileException(
          directory.toString(), null, "no pond there yet: its init was interrupted, run it again");
    }
    return oplog;
  }

  private Oplog openTable(int mergeFanIn) throws IOException {
    try {
      return Oplog.open(machine, oplog(), mergeFanIn);
    } catch (NoSuchFileException e) {
      NoSuchFileException missing =
          new NoSuchFileException(directory.toString(), null, "no pond there");
      missing.initCause(e);
      throw missing;
    }
  }

  /**
   * Makes the folder and an empty log in it, or takes up what an interrupted attempt has left.
   *
   * @throws FileAlreadyExistsException if there is a pond
   * @throws DirectoryNotEmptyException if there is something else
   */
  Oplog createOplog(String pondId, int checkpointInterval, int mergeFanIn) throws IOException {
    refuseUnlessFree();
    Directories.createAll(disk(), directory);
    disk().setMode(directory, OWNER_ONLY);
    requireHardLinks();
    Oplog oplog = createTable(pondId, checkpointInterval, mergeFanIn);
    if (oplog.txnSeq() > 0) {
      oplog.close();
      throw alreadyThere();
    }
    disk().syncDirectory(directory);
    return oplog;
  }

  FileAlreadyExistsException alreadyThere() {
    return new FileAlreadyExistsException(directory.toString(), null, "a pond is there already");
  }

  private void refuseUnlessFree() throws IOException {
    Optional<DiskEntry> there = disk().stat(directory);
    if (there.isEmpty()) {
      return;
    }
    if (there.get().kind() != DiskEntry.Kind.DIRECTORY) {
      throw new NotDirectoryException(directory.toString());
    }
    for (DiskEntry entry : disk().list(directory)) {
      if (!isOurs(entry.name())) {
        throw new DirectoryNotEmptyException(directory.toString());
      }
    }
  }

  private static boolean isOurs(String name) {
    return OURS.contains(name)
        || name.startsWith(SNAPSHOTS + ".")
        || name.startsWith(PROBE)
        || name.startsWith(LOCK_TEMPORARY);
  }

  private Oplog createTable(String pondId, int checkpointInterval, int mergeFanIn)
      throws IOException {
    try {
      return Oplog.create(machine, oplog(), pondId, checkpointInterval, mergeFanIn);
    } catch (FileAlreadyExistsException e) {
      return Oplog.open(machine, oplog(), mergeFanIn); // and whether it is a pond shows in it
    }
  }

  /** Without them no commit can be made that surely replaces nobody else's. */
  private void requireHardLinks() throws IOException {
    Path probe = directory.resolve(PROBE + machine.uuid());
    Path second = probe.resolveSibling(probe.getFileName() + "-link");
    disk().create(probe).close();
    try {
      disk().link(probe, second);
      disk().delete(second);
    } catch (NoSuchFileException e) {
      throw alreadyThere(); // whoever has tidied our probe away writes a pond here
    } catch (UnsupportedOperationException e) {
      throw noHardLinks(e);
    } catch (FileSystemException e) {
      String reason = String.valueOf(e.getReason());
      boolean lacking = reason.contains("not permitted") || reason.contains("ot supported");
      throw lacking ? noHardLinks(e) : e;
    } finally {
      if (disk().stat(probe).isPresent()) {
        disk().delete(probe);
      }
    }
  }

  private FileSystemException noHardLinks(Exception cause) {
    FileSystemException refusal =
        new FileSystemException(
            directory.toString(), null, "its filesystem has no hard links, which a pond needs");
    refusal.initCause(cause);
    return refusal;
  }

  /** Removes what interrupted processes have left here; for the one who holds the write lock. */
  void removeAbandoned() {
    try {
      for (String name : disk().names(directory)) {
        if (name.startsWith(PROBE) || name.startsWith(LOCK_TEMPORARY)) {
          disk().delete(directory.resolve(name));
        }
      }
    } catch (IOException e) {
      logger.debug("[{}] is not tidied up", directory, e); // it is only litter
    }
  }

  private boolean isDirectory(Path path) throws IOException {
    return disk().stat(path).filter(found -> found.kind() == DiskEntry.Kind.DIRECTORY).isPresent();
  }
}
