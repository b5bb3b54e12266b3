package io.duckpond.nio;

import io.duckpond.Pond;
import io.duckpond.journal.disk.DiskSpace;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a pond stores: the filesystem that its folder is on. */
final class PondFileStore extends FileStore {
  private static final Set<Class<? extends FileAttributeView>> VIEWS =
      Set.of(
          BasicFileAttributeView.class,
          FileOwnerAttributeView.class,
          PosixFileAttributeView.class,
          PondFileAttributeView.class);

  private final PondFileSystem fileSystem;

  PondFileStore(PondFileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  @Override
  public String name() {
    return fileSystem.uri().folder();
  }

  @Override
  public String type() {
    return PondUri.SCHEME;
  }

  @Override
  public boolean isReadOnly() {
    return fileSystem.isReadOnly();
  }

  private DiskSpace space() throws IOException {
    Optional<Pond> pond = fileSystem.backing().pond();
    return pond.isEmpty() ? DiskSpace.UNBOUNDED : Backing.guarded(() -> pond.get().space());
  }

  @Override
  public long getTotalSpace() throws IOException {
    return space().total();
  }

  @Override
  public long getUsableSpace() throws IOException {
    return isReadOnly() ? 0 : space().usable();
  }

  @Override
  public long getUnallocatedSpace() throws IOException {
    return space().free();
  }

  @Override
  public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
    return VIEWS.contains(type);
  }

  @Override
  public boolean supportsFileAttributeView(String name) {
    return fileSystem.supportedFileAttributeViews().contains(name);
  }

  @Override
  public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
    return null;
  }

  @Override
  public Object getAttribute(String attribute) throws IOException {
    return switch (attribute) {
      case "totalSpace" -> getTotalSpace();
      case "usableSpace" -> getUsableSpace();
      case "unallocatedSpace" -> getUnallocatedSpace();
      default -> throw new UnsupportedOperationException("attribute " + attribute);
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PondFileStore store && store.name().equals(name());
  }

  @Override
  public int hashCode() {
    return name().hashCode();
  }

  @Override
  public String toString() {
    return name() + " (" + type() + ")";
  }
}
