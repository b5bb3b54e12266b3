package io.duckpond.nio;

import io.duckpond.ReadOnlyStateException;
import io.duckpond.node.Entry;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.io.InputStream;
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
  private record Found(Resolution resolution, VersionReader.Opener opener) {}

  PondFileChannel open() throws IOException {
    if ((mode.writes() || mode.deletes()) && fileSystem.isReadOnly()) {
      throw new ReadOnlyStateException(path);
    }
    for (; ; ) {
      fileSystem.settle(path);
      Found found = fileSystem.backing().read(this::look);
      if (found.resolution() instanceof Resolution.Found there) {
        return openFile(there, found.opener());
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
    VersionReader.Opener opener =
        resolution instanceof Resolution.Found there && there.entry() instanceof Entry.File file
            ? () -> state.tree().open(file, there.path())
            : InputStream::nullInputStream;
    return new Found(resolution, opener);
  }

  private PondFileChannel openFile(Resolution.Found there, VersionReader.Opener opener)
      throws IOException {
    if (mode.createsNew()) {
      throw new FileAlreadyExistsException(path);
    }
    if (directories == Directories.FORCED
        && !mode.writes()
        && NodeAttributes.isDirectory(there.entry())) {
      return PondFileChannel.reading(fileSystem, mode, new DirectoryBytes(path));
    }
    if (!(there.entry() instanceof Entry.File file)) {
      String what = there.entry() instanceof Entry.Symlink ? "symbolic link" : "directory";
      throw new FileSystemException(path, null, "is a " + what);
    }
    OpenFile openFile = OpenFile.existing(fileSystem, mode, there.path(), file);
    VersionReader reader = new VersionReader(file.size(), opener);
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
