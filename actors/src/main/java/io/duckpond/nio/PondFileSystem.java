package io.duckpond.nio;

import io.duckpond.WorkingDirectory;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A state of a pond as a file system. Any thread, if {@link Backing} is one for any. */
final class PondFileSystem extends FileSystem {
  private static final Set<String> VIEWS = Set.of("basic", "owner", "posix", "pond");

  private final PondFileSystemProvider provider;
  private final Backing backing;
  private final PondUri uri;
  private final Runnable afterClose;
  private final Shared shared;
  private final NioPath root;
  private volatile boolean closed;

  /** What all file systems have in common that show the same changing state. */
  record Shared(OpenFiles openFiles, FileLocks locks) {
    static Shared nothingYet() {
      return new Shared(new OpenFiles(), new FileLocks());
    }
  }

  /**
   * A file system of its own.
   *
   * @param uri of its root
   * @param afterClose run once it is closed
   */
  PondFileSystem(
      PondFileSystemProvider provider,
      Backing backing,
      Shared shared,
      PondUri uri,
      Runnable afterClose) {
    this.provider = provider;
    this.backing = backing;
    this.shared = shared;
    this.uri = uri;
    this.afterClose = afterClose;
    this.root = NioPath.parse(this, "/");
  }

  Backing backing() {
    return backing;
  }

  FileLocks locks() {
    return shared.locks();
  }

  OpenFiles openFiles() {
    return shared.openFiles();
  }

  NioPath root() {
    return root;
  }

  URI uri(String path) {
    return new PondUri(uri.folder(), path, uri.state()).toUri();
  }

  PondUri uri() {
    return uri;
  }

  /** Returns the text by which the state knows a path. */
  String text(Path path) {
    requireOpen();
    return NioPath.of(path).toAbsolutePath().toString();
  }

  void requireOpen() {
    if (!isOpen()) {
      throw new ClosedFileSystemException();
    }
  }

  static boolean follows(LinkOption... options) {
    return !Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS);
  }

  static Resolution lookup(Backing.State state, String path, boolean follow) throws IOException {
    return follow ? state.root().lookup(path) : state.root().lookupNoFollow(path);
  }

  /** Refuses to make what a path ends in that names nothing itself: "x/." is there if "x" is. */
  static void demandName(WorkingDirectory root, String path) throws IOException {
    if (path.endsWith("/.") && root.lookup(path) instanceof Resolution.Vacant) {
      throw new NoSuchFileException(path);
    }
  }

  /** Makes a file that is being written to this path, so that whoever looks finds it. */
  void settle(String path) throws IOException {
    if (!openFiles().isEmpty()) {
      for (boolean follow : new boolean[] {true, false}) {
        if (backing.read(state -> lookup(state, path, follow))
            instanceof Resolution.Vacant vacant) {
          openFiles().make(vacant.path());
        }
      }
    }
  }

  /** The same for what is being written anywhere below. */
  void settleBelow(String path) throws IOException {
    settle(path);
    if (!openFiles().isEmpty()
        && backing.read(state -> lookup(state, path, true)) instanceof Resolution.Found found) {
      openFiles().makeBelow(found.path());
    }
  }

  /** Returns where a node stands that an operation on it is about, or the path if none does. */
  String place(String path) throws IOException {
    return backing.read(state -> lookup(state, path, false)) instanceof Resolution.Found found
        ? found.path()
        : path;
  }

  NioPath realPath(NioPath path, LinkOption... options) throws IOException {
    String text = text(path);
    settle(text);
    return backing.read(
        state -> {
          if (lookup(state, text, follows(options)) instanceof Resolution.Found found) {
            return NioPath.parse(this, found.path());
          }
          var refused =
              follows(options) ? state.root().metadata(text) : state.root().metadataNoFollow(text);
          throw new IllegalStateException("found after all: " + refused);
        });
  }

  void closed(FileChannel channel) {
    openFiles().remove(channel);
    locks().dropAll(channel);
  }

  @Override
  public PondFileSystemProvider provider() {
    return provider;
  }

  /** Closes the channels that write, which makes their versions; then nothing works any more. */
  @Override
  public void close() throws IOException {
    synchronized (root) {
      if (closed) {
        return;
      }
      closed = true;
    }
    IOException failure = null;
    for (FileChannel channel : openFiles().channels(this)) {
      try {
        channel.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    afterClose.run();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public boolean isOpen() {
    return !closed && backing.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    return backing.isReadOnly();
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    requireOpen();
    return List.of(root);
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    requireOpen();
    return List.of(new PondFileStore(this));
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return VIEWS;
  }

  @Override
  public NioPath getPath(String first, String... more) {
    StringBuilder text = new StringBuilder(first);
    for (String part : more) {
      if (!part.isEmpty()) {
        text.append(text.length() == 0 ? "" : "/").append(part);
      }
    }
    return NioPath.parse(this, text.toString());
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    int colon = syntaxAndPattern.indexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("not SYNTAX:PATTERN: " + syntaxAndPattern);
    }
    String syntax = syntaxAndPattern.substring(0, colon);
    String text = syntaxAndPattern.substring(colon + 1);
    Pattern pattern;
    if (syntax.equalsIgnoreCase("glob")) {
      pattern = GlobSyntax.compile(text);
    } else if (syntax.equalsIgnoreCase("regex")) {
      pattern = Pattern.compile(text);
    } else {
      throw new UnsupportedOperationException("syntax " + syntax);
    }
    return path -> pattern.matcher(path.toString()).matches();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return new Principals();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("a pond has no watch service");
  }

  /** Returns the pond's folder and the state; for messages. */
  @Override
  public String toString() {
    return uri.toUri().toString();
  }

  /** Returns whether this and another show the same state, now and ever. */
  boolean showsSameAs(PondFileSystem other) {
    return backing.equals(other.backing);
  }
}
