package io.duckpond.nio.agreement;

import io.duckpond.nio.agreement.Step.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Puts calls to jimfs so that it does what pond is to do by design: each difference is a row of the
 * table in {@code docs/nio.md}, and all of them are here, in {@link JimfsDemands} and in {@link
 * Whereabouts}.
 */
final class JimfsCalls extends NioCalls {
  private static final Set<PosixFilePermission> OF_DIRECTORIES =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> OF_LINKS =
      PosixFilePermissions.fromString("rwxrwxrwx");
  private static final String NOTHING = "/nothing/is/here";

  private final JimfsDemands demands;
  private final Supplier<FileTime> now;
  private boolean bytesChanged;

  JimfsCalls(FileSystem jimfs, Supplier<FileTime> now) {
    super(jimfs);
    this.demands = new JimfsDemands(jimfs);
    this.now = now;
  }

  @Override
  Path path(String text) {
    return demands.path(text);
  }

  @Override
  String make(Call call) throws IOException {
    demands.demand(call);
    if (call.verb() == Step.Verb.MOVE && isRoot(call.path()) && isRoot(call.other())) {
      return path(call.other()).toString(); // what is moved to where it is stays there
    }
    if (call.verb().opens()) {
      return open(call);
    }
    return super.make(call.has(StandardCopyOption.ATOMIC_MOVE) ? replacing(call) : call);
  }

  /** Opens what pond would. */
  private String open(Call call) throws IOException {
    boolean follow = JimfsDemands.follows(call);
    Call opened = follow ? call : with(call, LinkOption.NOFOLLOW_LINKS);
    Whereabouts where = demands.where(call.path(), follow);
    Path file = path(where.path());
    boolean directory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    if (directory && call.verb() == Step.Verb.FILE_CHANNEL && !JimfsDemands.writes(call)) {
      return "a channel to a directory";
    }
    String said = open(opened.at(goal(call, where)), file);
    return call.verb() == Step.Verb.WRITE_STRING ? path(call.path()).toString() : said;
  }

  /** A broken link is written through; if its target cannot be, it leads nowhere. */
  private static String goal(Call call, Whereabouts where) {
    return switch (where.kind()) {
      case VACANT -> where.path();
      case BEHIND_NO_PATH -> NOTHING;
      default -> call.path();
    };
  }

  /** Keeps the time of a file of which no byte is changed, and deletes on close. */
  private String open(Call call, Path file) throws IOException {
    boolean there = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    FileTime before = there ? Files.getLastModifiedTime(file) : now.get();
    bytesChanged =
        call.verb() == Step.Verb.WRITE_STRING && !call.other().isEmpty()
            || there && truncates(call) && Files.size(file) > 0;
    String said = super.make(call);
    if (call.has(StandardOpenOption.DELETE_ON_CLOSE)) {
      Files.delete(file);
    } else {
      Files.setLastModifiedTime(file, bytesChanged ? now.get() : before);
    }
    return said;
  }

  private static boolean truncates(Call call) {
    return call.has(StandardOpenOption.TRUNCATE_EXISTING) && JimfsDemands.writes(call)
        || call.verb() == Step.Verb.WRITE_STRING && call.options().isEmpty();
  }

  private boolean isRoot(String path) throws IOException {
    Whereabouts where = demands.where(path, false);
    return where.kind() == Whereabouts.Kind.FOUND && where.path().equals("/");
  }

  /** An atomic move replaces, as on Unix. */
  private static Call replacing(Call call) {
    return call.verb() == Step.Verb.MOVE ? with(call, StandardCopyOption.REPLACE_EXISTING) : call;
  }

  private static Call with(Call call, Enum<?> option) {
    Set<Enum<?>> options = new HashSet<>(call.options());
    options.add(option);
    return call.with(options);
  }

  @Override
  void bytesChanged() {
    bytesChanged = true;
  }

  @Override
  Path createDirectory(Path at, FileAttribute<?>... attributes) throws IOException {
    Path made = super.createDirectory(at, attributes);
    if (attributes.length == 0) {
      Files.setPosixFilePermissions(made, OF_DIRECTORIES);
    }
    return made;
  }

  @Override
  Path createDirectories(Path at) throws IOException {
    Path missing = at.toAbsolutePath();
    while (missing.getParent() != null && Files.notExists(missing.getParent())) {
      missing = missing.getParent();
    }
    boolean there = Files.exists(missing, LinkOption.NOFOLLOW_LINKS);
    if (there && isRefused(at, true)) {
      throw new FileAlreadyExistsException(at.toString()); // a link that leads above the root
    }
    Path made = super.createDirectories(at);
    for (Path each = at.toAbsolutePath();
        !there && each.startsWith(missing);
        each = each.getParent()) {
      Files.setPosixFilePermissions(each, OF_DIRECTORIES);
    }
    return made;
  }

  @Override
  Path createSymbolicLink(Path at, Path target) throws IOException {
    Path made = super.createSymbolicLink(at, target);
    view(made).setPermissions(OF_LINKS);
    return made;
  }

  private static PosixFileAttributeView view(Path at) {
    return Files.getFileAttributeView(at, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** A copy has the mode of what was copied. */
  @Override
  Path copy(Path at, Path to, Set<CopyOption> options) throws IOException {
    LinkOption[] how =
        options.contains(LinkOption.NOFOLLOW_LINKS)
            ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS}
            : new LinkOption[0];
    PosixFileAttributes source = attributes(at, how);
    boolean same =
        Files.exists(to, LinkOption.NOFOLLOW_LINKS)
            && attributes(to, LinkOption.NOFOLLOW_LINKS).fileKey().equals(source.fileKey());
    // The way to it may lead through the very link that is replaced.
    Whereabouts goal = demands.where(to.toString(), false);
    Path copied = super.copy(at, to, options);
    if (!same) {
      Path made = path(goal.path());
      if (options.contains(StandardCopyOption.COPY_ATTRIBUTES)) {
        view(made).setTimes(source.lastModifiedTime(), null, null); // as it was before the call
      }
      boolean asLink =
          source.isSymbolicLink() && !options.contains(StandardCopyOption.COPY_ATTRIBUTES);
      view(made).setPermissions(asLink ? OF_LINKS : source.permissions());
    }
    return copied;
  }

  private static PosixFileAttributes attributes(Path at, LinkOption... how) throws IOException {
    return Files.readAttributes(at, PosixFileAttributes.class, how);
  }

  @Override
  boolean notExists(Path at) {
    return !at.equals(path(NOTHING)) && super.notExists(at);
  }

  /** What is refused is answered with no, even whether it does not exist. */
  @Override
  String kind(Path at) {
    return kind(unlessRefused(at, true), unlessRefused(at, false));
  }

  private Path unlessRefused(Path at, boolean follow) {
    return isRefused(at, follow) ? path(NOTHING) : at;
  }

  private boolean isRefused(Path at, boolean follow) {
    try {
      return demands.where(at.toString(), follow).isRefusedByDesign();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Modes are kept, and answered by. */
  @Override
  boolean isExecutable(Path at) {
    if (!Files.exists(at)) {
      return false;
    }
    try {
      return Files.isDirectory(at)
          || attributes(at).permissions().stream().anyMatch(one -> one.name().endsWith("EXECUTE"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A link is as long as its target. */
  @Override
  long size(Path at, PosixFileAttributes attributes) throws IOException {
    return attributes.isSymbolicLink()
        ? Files.readSymbolicLink(at).toString().getBytes(StandardCharsets.UTF_8).length
        : attributes.size();
  }

  /** "**" is any text, line breaks too. */
  @Override
  DirectoryStream<Path> stream(Path at, String glob) throws IOException {
    if (!glob.contains("**")) {
      return super.stream(at, glob);
    }
    PathMatcher matcher = fileSystem.getPathMatcher("glob:" + glob);
    return Files.newDirectoryStream(
        at,
        path ->
            matcher.matches(
                path(path.getFileName().toString().replace('\n', ' ').replace('\r', ' '))));
  }

  /** A channel that writes nothing does not grow the file. */
  @Override
  int write(SeekableByteChannel channel, ByteBuffer bytes, OptionalLong at) throws IOException {
    long size = channel.size();
    int count = super.write(channel, bytes, at);
    if (count == 0 && channel.size() > size) {
      long position = channel.position();
      channel.truncate(size).position(position);
    }
    return count;
  }

  /** What appends stands at the end. */
  @Override
  long position(SeekableByteChannel channel, Set<OpenOption> options) throws IOException {
    return options.contains(StandardOpenOption.APPEND) ? channel.size() : channel.position();
  }
}
