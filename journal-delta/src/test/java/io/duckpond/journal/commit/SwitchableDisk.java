package io.duckpond.journal.commit;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskLock;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.RealDisk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real disk that can be told to fail: to create files, to link them, or to do it unseen. */
final class SwitchableDisk implements Disk {
  /** What is broken. */
  enum Fault {
    NOTHING,
    /** Files cannot be created. */
    FULL,
    /** Names cannot be given: a commit cannot get its own. */
    NO_LINKS,
    /** The name is given, and then said not to be: the commit's outcome is unknown. */
    LINKS_THAT_LIE
  }

  private final Disk disk = new RealDisk();
  volatile Fault fault = Fault.NOTHING;

  private void check(Path path, Fault... faults) throws FileSystemException {
    if (List.of(faults).contains(fault)) {
      throw new FileSystemException(path.toString(), null, "the test's fault " + fault);
    }
  }

  @Override
  public DiskWriter create(Path file) throws IOException {
    check(file, Fault.FULL);
    return disk.create(file);
  }

  @Override
  public DiskReader open(Path file) throws IOException {
    return disk.open(file);
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    check(name, Fault.NO_LINKS);
    disk.link(existing, name);
    check(name, Fault.LINKS_THAT_LIE);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(path);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    disk.createDirectory(directory);
  }

  @Override
  public void createSymbolicLink(Path link, String target) throws IOException {
    disk.createSymbolicLink(link, target);
  }

  @Override
  public String readSymbolicLink(Path link) throws IOException {
    return disk.readSymbolicLink(link);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    disk.syncDirectory(directory);
  }

  @Override
  public List<DiskEntry> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public Optional<DiskEntry> stat(Path path) throws IOException {
    return disk.stat(path);
  }

  @Override
  public void setMode(Path path, int mode) throws IOException {
    disk.setMode(path, mode);
  }

  @Override
  public void setModified(Path path, long modifiedNanos) throws IOException {
    disk.setModified(path, modifiedNanos);
  }

  @Override
  public Optional<DiskLock> tryLock(Path file) throws IOException {
    return disk.tryLock(file);
  }
}
