package io.duckpond.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A disk that notes every operation on a tape, in order, and can refuse one of them, or all from
 * one on. A step is written {@code verb name}, the name without its random part.
 */
public final class TapeDisk implements Disk {
  private final Disk disk;
  private final List<String> tape = Collections.synchronizedList(new ArrayList<>());
  private int failAt = Integer.MAX_VALUE;
  private boolean failOnlyOnce = true;

  public TapeDisk(Disk disk) {
    this.disk = disk;
  }

  /** Returns the steps since the last call. */
  public List<String> take() {
    synchronized (tape) {
      List<String> steps = List.copyOf(tape);
      tape.clear();
      return steps;
    }
  }

  /** Clears the tape and refuses its {@code step}th operation, counted from 0. */
  public void failAt(int step, boolean onlyOnce) {
    tape.clear();
    failAt = step;
    failOnlyOnce = onlyOnce;
  }

  /** Refuses nothing any more; tells whether anything was refused. */
  public boolean heal() {
    boolean failed = tape.size() > failAt;
    failAt = Integer.MAX_VALUE;
    return failed;
  }

  private void step(String verb, Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    String step =
        verb
            + " "
            + name.replaceAll("[0-9a-f]{32}", "#")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "#");
    synchronized (tape) {
      int index = tape.size();
      tape.add(step);
      if (index == failAt || (index > failAt && !failOnlyOnce)) {
        throw new IOException("refused: " + step);
      }
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
    step("mkdir", directory);
    disk.createDirectory(directory);
  }

  @Override
  public void createSymbolicLink(Path link, String target) throws IOException {
    step("symlink", link);
    disk.createSymbolicLink(link, target);
  }

  @Override
  public String readSymbolicLink(Path link) throws IOException {
    step("readlink", link);
    return disk.readSymbolicLink(link);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    step("sync", directory);
    disk.syncDirectory(directory);
  }

  @Override
  public List<DiskEntry> list(Path directory) throws IOException {
    step("list", directory);
    return disk.list(directory);
  }

  @Override
  public List<String> names(Path directory) throws IOException {
    step("list", directory);
    return disk.names(directory);
  }

  @Override
  public Optional<DiskEntry> stat(Path path) throws IOException {
    step("stat", path);
    return disk.stat(path);
  }

  @Override
  public void setMode(Path path, int mode) throws IOException {
    step("chmod", path);
    disk.setMode(path, mode);
  }

  @Override
  public void setModified(Path path, long modifiedNanos) throws IOException {
    step("utime", path);
    disk.setModified(path, modifiedNanos);
  }

  @Override
  public Optional<DiskLock> tryLock(Path file) throws IOException {
    step("lock", file);
    return disk.tryLock(file);
  }
}
