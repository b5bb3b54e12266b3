package io.duckpond.nio;

import io.duckpond.ReadOnlyStateException;
import io.duckpond.dynamic.ImmutableException;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** How a channel to a file is opened. */
final class Opening {
  private final PondFileSystem fileSystem;
  private final String path;
  private final OpenMode mode;
  private final Directories directories;

  /** Whether a channel may be opened to a directory, only to be forced. */
  enum Directories {
    REFUSED,
    FORCED
  }

  Opening(PondFileSystem fileSystem, String path, OpenMode mode, Directories directories) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.mode = mode;
    this.directories = directories;
  }

  /** What a channel to a directory reads, as on Unix. */
  private record DirectoryBytes(String path) implements Bytes {
    @Override
    public long size() {
      return 0;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      throw new FileSystemException(path, null, "is a directory");
    }

    @Override
    public void close() {}
  }

  /** What stands there, and how to read it, from one state. */
  private record Found(Resolution resolution, long size, VersionReader.Opener opener) {}

  PondFileChannel open() throws IOException {
    if ((mode.writes() || mode.deletes()) && fileSystem.isReadOnly()) {
      throw new ReadOnlyStateException(path);
    }
    for (; ; ) {
      fileSystem.settle(path);
      Found found = fileSystem.backing().read(this::look);
      if (found.resolution() instanceof Resolution.Found there) {
        return openFile(there, new VersionReader(found.size(), found.opener()));
      }
      if (mode.creates() && found.resolution() instanceof Resolution.Vacant vacant) {
        Optional<PondFileChannel> made = openNewborn(vacant);
        if (made.isPresent()) {
          return made.get();
        }
      } else {
        refuse();
      }
    }
  }

  private Found look(Backing.State state) throws IOException {
    boolean follow = mode.follow() && !mode.createsNew();
    Resolution resolution = PondFileSystem.lookup(state, path, follow);
    if (!(resolution instanceof Resolution.Found there)) {
      return new Found(resolution, 0, InputStream::nullInputStream);
    }
    if (isComputed(there)) {
      VersionReader.Opener opener = () -> state.root().read(path);
      return new Found(resolution, mode.writes() ? 0 : size(there.entry(), opener), opener);
    }
    return there.entry() instanceof Entry.File file
        ? new Found(resolution, file.size(), () -> state.tree().open(file, there.path()))
        : new Found(resolution, 0, InputStream::nullInputStream);
  }

  private static boolean isComputed(Resolution.Found there) {
    return there.entry().type() == NodeType.DYNAMIC_FILE;
  }

  /** What a factory computes has a size only when it has been computed. */
  private static long size(Entry entry, VersionReader.Opener opener) throws IOException {
    if (entry instanceof Entry.Computed computed && computed.size().isPresent()) {
      return computed.size().getAsLong();
    }
    try (InputStream in = opener.open()) {
      return in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private PondFileChannel openFile(Resolution.Found there, VersionReader reader)
      throws IOException {
    if (mode.createsNew()) {
      throw new FileAlreadyExistsException(path);
    }
    if (directories == Directories.FORCED
        && !mode.writes()
        && NodeAttributes.isDirectory(there.entry())) {
      return PondFileChannel.reading(fileSystem, mode, new DirectoryBytes(path));
    }
    if (isComputed(there)) {
      if (mode.writes() || mode.deletes()) {
        throw new ImmutableException(path);
      }
      return PondFileChannel.reading(fileSystem, mode, reader);
    }
    if (!(there.entry() instanceof Entry.File file) || file.isDirectory()) {
      String what = there.entry() instanceof Entry.Symlink ? "symbolic link" : "directory";
      throw new FileSystemException(path, null, "is a " + what);
    }
    OpenFile openFile = OpenFile.existing(fileSystem, mode, there.path(), file);
    if (!mode.writes()) {
      return PondFileChannel.reading(
          fileSystem, mode, new PondFileChannel.ReadBytes(reader, file.child(), openFile));
    }
    boolean cut = mode.truncates() && file.size() > 0;
    PondFileChannel channel =
        channel(openFile, mode.truncates() ? Optional.empty() : Optional.of(reader), cut);
    fileSystem.openFiles().add(channel, openFile);
    return channel;
  }

  /** Empty if somebody is making the same file. */
  private Optional<PondFileChannel> openNewborn(Resolution.Vacant vacant) throws IOException {
    if (path.endsWith("/.") || path.endsWith("/..")) {
      throw new NoSuchFileException(path);
    }
    OpenFile newborn = OpenFile.newborn(fileSystem, mode, vacant.path());
    PondFileChannel channel = channel(newborn, Optional.empty(), false);
    return fileSystem.openFiles().addNewborn(channel, newborn)
        ? Optional.of(channel)
        : Optional.empty();
  }

  private PondFileChannel channel(OpenFile file, Optional<VersionReader> base, boolean cut)
      throws IOException {
    EditedContent content = new EditedContent(base, fileSystem.backing()::scratch);
    return PondFileChannel.writing(
        fileSystem, mode, new PondFileChannel.Written(content, file), cut);
  }

  private void refuse() throws IOException {
    var unused = fileSystem.backing().read(state -> state.root().metadata(path));
  }
}
