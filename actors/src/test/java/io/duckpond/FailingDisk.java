package io.duckpond;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskLock;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.DiskWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A disk of which one operation, counted from {@link #failAfter}, fails once. Any thread. */
final class FailingDisk implements Disk {
  private final Disk disk;
  private long left = Long.MAX_VALUE;
  private String failed = "";

  FailingDisk(Disk disk) {
    this.disk = disk;
  }

  /** Lets {@code operations} more operations succeed, then one fail. */
  synchronized void failAfter(long operations) {
    left = operations;
    failed = "";
  }

  /** Returns which operation has failed; empty if none has. */
  synchronized String failed() {
    return failed;
  }

  private synchronized void step(String operation, Object path) throws IOException {
    if (left-- == 0) {
      failed = operation + " " + path;
      throw new FileSystemException(path.toString(), null, "No space left on device");
    }
  }

  @Override
  public DiskWriter create(Path file) throws IOException {
    step("create", file);
    DiskWriter writer = disk.create(file);
    return new DiskWriter() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        step("write", file);
        writer.write(bytes);
      }

      @Override
      public long position() {
        return writer.position();
      }

      @Override
      public void sync() throws IOException {
        step("sync", file);
        writer.sync();
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }

  @Override
  public DiskReader open(Path file) throws IOException {
    step("open", file);
    DiskReader reader = disk.open(file);
    return new DiskReader() {
      @Override
      public long size() throws IOException {
        return reader.size();
      }

      @Override
      public int read(ByteBuffer into, long position) throws IOException {
        step("read", file);
        return reader.read(into, position);
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    step("link", name);
    disk.link(existing, name);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step("rename", to);
    disk.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    step("delete", path);
    disk.delete(path);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    step("createDirectory", directory);
    disk.createDirectory(directory);
  }

  @Override
  public void createSymbolicLink(Path link, String target) throws IOException {
    step("createSymbolicLink", link);
    disk.createSymbolicLink(link, target);
  }

  @Override
  public String readSymbolicLink(Path link) throws IOException {
    step("readSymbolicLink", link);
    return disk.readSymbolicLink(link);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    step("syncDirectory", directory);
    disk.syncDirectory(directory);
  }

  @Override
  public List<DiskEntry> list(Path directory) throws IOException {
    step("list", directory);
    return disk.list(directory);
  }

  @Override
  public Optional<DiskEntry> stat(Path path) throws IOException {
    step("stat", path);
    return disk.stat(path);
  }

  @Override
  public void setMode(Path path, int mode) throws IOException {
    step("setMode", path);
    disk.setMode(path, mode);
  }

  @Override
  public void setModified(Path path, long modifiedNanos) throws IOException {
    step("setModified", path);
    disk.setModified(path, modifiedNanos);
  }

  @Override
  public Optional<DiskLock> tryLock(Path file) throws IOException {
    step("tryLock", file);
    return disk.tryLock(file);
  }
}
