package io.duckpond.transaction;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskLock;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.DiskWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A disk for tests whose contents are all small: whoever touches it has a fault. */
final class NoDisk implements Disk {

  private static IllegalStateException touched() {
    return new IllegalStateException("a small content went to the disk");
  }

  @Override
  public DiskWriter create(Path file) {
    throw touched();
  }

  @Override
  public DiskReader open(Path file) {
    throw touched();
  }

  @Override
  public void link(Path existing, Path name) {
    throw touched();
  }

  @Override
  public void rename(Path from, Path to) {
    throw touched();
  }

  @Override
  public void delete(Path path) {
    throw touched();
  }

  @Override
  public void createDirectory(Path directory) {
    throw touched();
  }

  @Override
  public void createSymbolicLink(Path link, String target) {
    throw touched();
  }

  @Override
  public String readSymbolicLink(Path link) {
    throw touched();
  }

  @Override
  public void syncDirectory(Path directory) {
    throw touched();
  }

  @Override
  public List<DiskEntry> list(Path directory) {
    throw touched();
  }

  @Override
  public Optional<DiskEntry> stat(Path path) {
    throw touched();
  }

  @Override
  public void setMode(Path path, int mode) {
    throw touched();
  }

  @Override
  public void setModified(Path path, long modifiedNanos) {
    throw touched();
  }

  @Override
  public boolean isLocked(Path file) {
    throw touched();
  }

  @Override
  public Optional<DiskLock> tryLock(Path file) {
    throw touched();
  }
}
