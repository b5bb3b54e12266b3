package io.duckpond.host;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskLock;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.DiskWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A disk on which a name is found whatever its case, as on other systems than this one. */
record CaseBlindDisk(Disk real) implements Disk {

  @Override
  public Optional<DiskEntry> stat(Path path) throws IOException {
    Optional<DiskEntry> exact = real.stat(path);
    Path parent = path.getParent();
    if (exact.isPresent() || parent == null || real.stat(parent).isEmpty()) {
      return exact;
    }
    String name = path.getFileName().toString();
    return real.list(parent).stream()
        .filter(entry -> entry.name().equalsIgnoreCase(name))
        .findFirst();
  }

  @Override
  public DiskWriter create(Path file) throws IOException {
    return real.create(file);
  }

  @Override
  public DiskReader open(Path file) throws IOException {
    return real.open(file);
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    real.link(existing, name);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    real.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    real.delete(path);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    real.createDirectory(directory);
  }

  @Override
  public void createSymbolicLink(Path link, String target) throws IOException {
    real.createSymbolicLink(link, target);
  }

  @Override
  public String readSymbolicLink(Path link) throws IOException {
    return real.readSymbolicLink(link);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    real.syncDirectory(directory);
  }

  @Override
  public List<DiskEntry> list(Path directory) throws IOException {
    return real.list(directory);
  }

  @Override
  public void setMode(Path path, int mode) throws IOException {
    real.setMode(path, mode);
  }

  @Override
  public void setModified(Path path, long modifiedNanos) throws IOException {
    real.setModified(path, modifiedNanos);
  }

  @Override
  public Optional<DiskLock> tryLock(Path file) throws IOException {
    return real.tryLock(file);
  }
}
