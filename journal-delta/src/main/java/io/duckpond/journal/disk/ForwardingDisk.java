package io.duckpond.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A disk before another one: hands every operation on, and tells a subclass of each before and
 * after it, those on open files included. A hook that throws refuses the operation, or denies it
 * once it was done. The operations are named {@code create open write read sync link rename delete
 * mkdir symlink readlink list stat chmod utime lock}.
 */
public abstract class ForwardingDisk implements Disk {
  private final Disk disk;

  protected ForwardingDisk(Disk disk) {
    this.disk = disk;
  }

  /** Called before an operation on {@code path}; of two paths, on the one that comes to be. */
  protected void before(String operation, Path path) throws IOException {}

  /** Called after an operation that has succeeded. */
  protected void after(String operation, Path path) throws IOException {}

  @Override
  public DiskWriter create(Path file) throws IOException {
    before("create", file);
    DiskWriter writer = disk.create(file);
    after("create", file);
    return new DiskWriter() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        before("write", file);
        writer.write(bytes);
        after("write", file);
      }

      @Override
      public long position() {
        return writer.position();
      }

      @Override
      public void sync() throws IOException {
        before("sync", file);
        writer.sync();
        after("sync", file);
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }

  @Override
  public DiskReader open(Path file) throws IOException {
    before("open", file);
    DiskReader reader = disk.open(file);
    after("open", file);
    return new DiskReader() {
      @Override
      public long size() throws IOException {
        return reader.size();
      }

      @Override
      public int read(ByteBuffer into, long position) throws IOException {
        before("read", file);
        int count = reader.read(into, position);
        after("read", file);
        return count;
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    before("link", name);
    disk.link(existing, name);
    after("link", name);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    before("rename", to);
    disk.rename(from, to);
    after("rename", to);
  }

  @Override
  public void delete(Path path) throws IOException {
    before("delete", path);
    disk.delete(path);
    after("delete", path);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    before("mkdir", directory);
    disk.createDirectory(directory);
    after("mkdir", directory);
  }

  @Override
  public void createSymbolicLink(Path link, String target) throws IOException {
    before("symlink", link);
    disk.createSymbolicLink(link, target);
    after("symlink", link);
  }

  @Override
  public String readSymbolicLink(Path link) throws IOException {
    before("readlink", link);
    String result = disk.readSymbolicLink(link);
    after("readlink", link);
    return result;
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    before("sync", directory);
    disk.syncDirectory(directory);
    after("sync", directory);
  }

  @Override
  public List<DiskEntry> list(Path directory) throws IOException {
    before("list", directory);
    List<DiskEntry> result = disk.list(directory);
    after("list", directory);
    return result;
  }

  @Override
  public List<String> names(Path directory) throws IOException {
    before("list", directory);
    List<String> result = disk.names(directory);
    after("list", directory);
    return result;
  }

  @Override
  public Optional<DiskEntry> stat(Path path) throws IOException {
    before("stat", path);
    Optional<DiskEntry> result = disk.stat(path);
    after("stat", path);
    return result;
  }

  @Override
  public void setMode(Path path, int mode) throws IOException {
    before("chmod", path);
    disk.setMode(path, mode);
    after("chmod", path);
  }

  @Override
  public void setModified(Path path, long modifiedNanos) throws IOException {
    before("utime", path);
    disk.setModified(path, modifiedNanos);
    after("utime", path);
  }

  @Override
  public Optional<DiskLock> tryLock(Path file) throws IOException {
    before("lock", file);
    Optional<DiskLock> result = disk.tryLock(file);
    after("lock", file);
    return result;
  }

  @Override
  public boolean isLocked(Path file) throws IOException {
    before("stat", file);
    boolean result = disk.isLocked(file);
    after("stat", file);
    return result;
  }

  @Override
  public DiskSpace space(Path path) throws IOException {
    before("stat", path);
    DiskSpace result = disk.space(path);
    after("stat", path);
    return result;
  }
}
