package io.duckpond.nio;

import io.duckpond.ReadOnlyStateException;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The provider of {@code pond:} file systems, which the JDK finds by itself. What it refuses, it
 * refuses as the JDK's own file systems do; {@link PondFileSystems} says where it differs.
 */
public final class PondFileSystemProvider extends FileSystemProvider {
  private final OpenFileSystems fileSystems = new OpenFileSystems(this);

  /** For the JDK; others ask {@link PondFileSystems}. */
  public PondFileSystemProvider() {}

  OpenFileSystems fileSystems() {
    return fileSystems;
  }

  @Override
  public String getScheme() {
    return PondUri.SCHEME;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
    return fileSystems.open(PondUri.parse(uri), env);
  }

  @Override
  public FileSystem newFileSystem(Path path, Map<String, ?> env) throws IOException {
    return fileSystems.open(path, env);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return fileSystems.get(PondUri.parse(uri));
  }

  @Override
  public Path getPath(URI uri) {
    PondUri parsed = PondUri.parse(uri);
    return fileSystems.get(parsed).getPath(parsed.path());
  }

  private static PondFileSystem of(Path path) {
    return NioPath.of(path).getFileSystem();
  }

  private static PondFileSystem writable(Path path) {
    PondFileSystem fileSystem = of(path);
    fileSystem.requireOpen();
    if (fileSystem.isReadOnly()) {
      throw new ReadOnlyStateException(fileSystem.text(path));
    }
    return fileSystem;
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return open(path, Opening.Directories.REFUSED, OpenMode.of(options, attributes));
  }

  private static FileChannel open(Path path, Opening.Directories directories, OpenMode mode)
      throws IOException {
    return new Opening(of(path), of(path).text(path), mode, directories).open();
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return open(path, Opening.Directories.FORCED, OpenMode.of(options, attributes));
  }

  @Override
  public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
    OpenMode mode = OpenMode.of(new HashSet<>(Arrays.asList(options)));
    if (mode.writes()) {
      throw new UnsupportedOperationException("an input stream that writes");
    }
    if (!mode.follow() || mode.deletes()) {
      return super.newInputStream(path, options);
    }
    PondFileSystem fileSystem = of(path);
    String text = fileSystem.text(path);
    fileSystem.settle(text);
    return new GuardedInput(fileSystem.backing().read(state -> state.root().read(text)));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    PondFileSystem fileSystem = of(directory);
    String text = fileSystem.text(directory);
    fileSystem.settleBelow(text);
    SortedMap<EntryName, Entry> entries =
        fileSystem.backing().read(state -> state.root().list(text));
    List<Path> paths =
        entries.keySet().stream().map(name -> directory.resolve(name.value())).toList();
    return new NodeStream(paths, filter);
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    PondFileSystem fileSystem = writable(directory);
    OptionalInt mode = OpenMode.permissions(attributes);
    String text = fileSystem.text(directory);
    fileSystem.settle(text);
    var unused =
        fileSystem
            .backing()
            .change(
                root -> {
                  PondFileSystem.demandName(root, text);
                  Entry.Directory made = root.createDirectory(text);
                  if (mode.isPresent()) {
                    long now = made.attributes().modifiedNanos();
                    root.setAttributes(text, new Attributes(mode.getAsInt(), now));
                  }
                  return made;
                });
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    PondFileSystem fileSystem = writable(link);
    if (attributes.length > 0) {
      throw new UnsupportedOperationException("attributes of a new symbolic link");
    }
    String text = fileSystem.text(link);
    fileSystem.settle(text);
    var unused =
        fileSystem
            .backing()
            .change(
                root -> {
                  PondFileSystem.demandName(root, text);
                  return root.createSymlink(text, NioPath.of(target).toString());
                });
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    PondFileSystem fileSystem = of(link);
    String text = fileSystem.text(link);
    fileSystem.settle(text);
    return fileSystem.getPath(fileSystem.backing().read(state -> state.root().readLink(text)));
  }

  @Override
  public void delete(Path path) throws IOException {
    PondFileSystem fileSystem = writable(path);
    String text = fileSystem.text(path);
    fileSystem.settleBelow(text);
    String place = fileSystem.place(text);
    var unused =
        fileSystem
            .backing()
            .change(
                root -> {
                  root.remove(text);
                  return true;
                });
    fileSystem.openFiles().wereRemoved(place);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    PondFileSystem unused = writable(target);
    new Copying(NioPath.of(source), NioPath.of(target), options).copy();
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    PondFileSystem from = writable(source);
    PondFileSystem to = writable(target);
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
    new Copying(NioPath.of(source), NioPath.of(target), options).move();
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    if (path.equals(other)) {
      return true;
    }
    if (!(other instanceof NioPath) || !of(path).showsSameAs(of(other))) {
      return false;
    }
    return view(path, true)
        .readAttributes()
        .nodeId()
        .equals(view(other, true).readAttributes().nodeId());
  }

  @Override
  public boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    PondFileAttributes there = view(path, true).readAttributes();
    Objects.requireNonNull(there);
    return new PondFileStore(of(path));
  }

  /** Modes are kept, not enforced; but a file that nobody may execute is none to execute. */
  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    PondFileAttributes there = view(path, true).readAttributes();
    for (AccessMode mode : modes) {
      if (mode == AccessMode.WRITE && of(path).isReadOnly()) {
        throw new AccessDeniedException(path.toString(), null, "a past state is read-only");
      }
      if (mode == AccessMode.EXECUTE && !there.isDirectory() && !isExecutable(there)) {
        throw new AccessDeniedException(path.toString(), null, "not executable");
      }
    }
  }

  private static boolean isExecutable(PondFileAttributes file) {
    return file.permissions().stream()
        .anyMatch(
            Set.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE)
                ::contains);
  }

  private static NodeView view(Path path, boolean follow) {
    return new NodeView(of(path), of(path).text(path), follow, "pond");
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    String name = "";
    if (type == BasicFileAttributeView.class) {
      name = "basic";
    } else if (type == FileOwnerAttributeView.class) {
      name = "owner";
    } else if (type == PosixFileAttributeView.class) {
      name = "posix";
    } else if (type == PondFileAttributeView.class) {
      name = "pond";
    } else {
      return null;
    }
    return type.cast(
        new NodeView(of(path), of(path).text(path), PondFileSystem.follows(options), name));
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (type != BasicFileAttributes.class
        && type != PosixFileAttributes.class
        && type != PondFileAttributes.class) {
      throw new UnsupportedOperationException("attributes " + type);
    }
    return type.cast(view(path, PondFileSystem.follows(options)).readAttributes());
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return AttributeNames.read(view(path, PondFileSystem.follows(options)), attributes);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    AttributeNames.set(view(path, PondFileSystem.follows(options)), attribute, value);
  }
}
