package io.duckpond.journal.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The disk of this machine, through the JDK and nothing else: no process is ever started.
 *
 * <p>Names and link targets are bytes on disk and UTF-8 here. A name that is not UTF-8 is listed
 * with U+FFFD in place of what cannot be read and as {@link DiskEntry.Kind#OTHER}, whatever it is,
 * because no string leads back to it; such a link target is refused.
 */
public final class RealDisk implements Disk {
  private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,ino,dev";

  /** A disk; all instances see the same files and share their locks. */
  public RealDisk() {}

  @Override
  public DiskWriter create(Path file) throws IOException {
    return new ChannelWriter(file, FileChannel.open(file, Set.of(CREATE_NEW, WRITE), FILE_MODE));
  }

  @Override
  public DiskReader open(Path file) throws IOException {
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      // Opening a FIFO would wait for its writer.
      throw new FileSystemException(file.toString(), null, "not a regular file");
    }
    return new ChannelReader(file, FileChannel.open(file, READ));
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    Files.createLink(name, existing);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, ATOMIC_MOVE);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(path);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    Files.createDirectory(directory, DIRECTORY_MODE);
  }

  @Override
  public void createSymbolicLink(Path link, String target) throws IOException {
    Files.createSymbolicLink(link, RawPaths.ofTarget(link, target));
  }

  @Override
  public String readSymbolicLink(Path link) throws IOException {
    Path raw = Files.readSymbolicLink(link);
    if (!RawPaths.isUtf8(raw)) {
      throw new FileSystemException(link.toString(), null, "its target is not UTF-8");
    }
    return raw.toString();
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw OpenFiles.named(directory, e);
    }
  }

  @Override
  public List<DiskEntry> list(Path directory) throws IOException {
    List<DiskEntry> entries = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path path : names) {
        describe(path).ifPresent(entries::add);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }

  @Override
  public List<String> names(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      paths.forEach(path -> names.add(String.valueOf(path.getFileName())));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  @Override
  public Optional<DiskEntry> stat(Path path) throws IOException {
    return describe(path);
  }

  private static Optional<DiskEntry> describe(Path path) throws IOException {
    Map<String, Object> attributes;
    try {
      attributes = Files.readAttributes(path, ATTRIBUTES, NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return Optional.empty(); // or removed since it was listed
    } catch (FileSystemException e) {
      if ("Not a directory".equals(e.getReason())) {
        return Optional.empty();
      }
      throw e;
    }
    Path last = path.getFileName();
    String name = last == null ? "" : last.toString();
    int mode = attribute(attributes, "mode", Integer.class);
    boolean named = last == null || RawPaths.isUtf8(last);
    return Optional.of(
        new DiskEntry(
            name,
            named ? kind(mode) : DiskEntry.Kind.OTHER,
            attribute(attributes, "size", Long.class),
            mode & 0777,
            attribute(attributes, "lastModifiedTime", FileTime.class).to(TimeUnit.NANOSECONDS),
            attributes.get("dev") + ":" + attributes.get("ino")));
  }

  private static <T> T attribute(Map<String, Object> attributes, String name, Class<T> type) {
    return type.cast(Objects.requireNonNull(attributes.get(name), name));
  }

  private static DiskEntry.Kind kind(int mode) {
    return switch (mode & 0170000) {
      case 0100000 -> DiskEntry.Kind.FILE;
      case 0040000 -> DiskEntry.Kind.DIRECTORY;
      case 0120000 -> DiskEntry.Kind.SYMLINK;
      default -> DiskEntry.Kind.OTHER;
    };
  }

  @Override
  public void setMode(Path path, int mode) throws IOException {
    if (Files.isSymbolicLink(path)) {
      // What the JDK does then depends on its version.
      throw new FileSystemException(path.toString(), null, "a symbolic link has no mode");
    }
    try {
      Files.setAttribute(path, "unix:mode", mode & 0777, NOFOLLOW_LINKS);
    } catch (AccessDeniedException e) {
      // Not following a link means opening the file, which its own mode may forbid.
      Files.setAttribute(path, "unix:mode", mode & 0777);
    }
  }

  @Override
  public void setModified(Path path, long modifiedNanos) throws IOException {
    if (modifiedNanos < 0 && modifiedNanos % 1_000_000_000 != 0) {
      // The JDK would hand the system negative nanoseconds, and set 1970 when that is refused.
      throw new FileSystemException(
          path.toString(), null, "a time before 1970 can be set in whole seconds only");
    }
    FileTime time = FileTime.from(modifiedNanos, TimeUnit.NANOSECONDS);
    try {
      Files.getFileAttributeView(path, BasicFileAttributeView.class, NOFOLLOW_LINKS)
          .setTimes(time, null, null);
    } catch (AccessDeniedException e) {
      requireNoLink(path, e);
      Files.setLastModifiedTime(path, time);
    }
  }

  private static void requireNoLink(Path path, AccessDeniedException denied)
      throws AccessDeniedException {
    if (Files.isSymbolicLink(path)) {
      throw denied;
    }
  }

  @Override
  public Optional<DiskLock> tryLock(Path file) throws IOException {
    return FileLocks.tryLock(file);
  }

  @Override
  public boolean isLocked(Path file) throws IOException {
    return FileLocks.isLocked(file);
  }

  @Override
  public DiskSpace space(Path path) throws IOException {
    FileStore store = Files.getFileStore(path);
    return new DiskSpace(
        store.getTotalSpace(), store.getUnallocatedSpace(), store.getUsableSpace());
  }
}
