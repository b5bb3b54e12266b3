package io.duckpond.nio.agreement;

import io.duckpond.nio.agreement.Step.Call;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Puts calls to a file system, by {@code java.nio.file} alone, and says what they return. */
class NioCalls {
  final FileSystem fileSystem;

  NioCalls(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  Path path(String text) {
    return fileSystem.getPath(text);
  }

  /** Makes a call; returns what it returned, as text. */
  String make(Call call) throws IOException {
    Path at = path(call.path());
    if (call.verb().hasTwoPaths()) {
      return ofTwo(call, at, path(call.other()));
    }
    return call.verb().changes() ? change(call, at) : look(call, at);
  }

  private String ofTwo(Call call, Path at, Path other) throws IOException {
    return switch (call.verb()) {
      case COPY -> copy(at, other, call.options(CopyOption.class)).toString();
      case MOVE -> Files.move(at, other, copyOptions(call)).toString();
      case MISMATCH -> String.valueOf(mismatch(at, other));
      default -> String.valueOf(isSameFile(at, other));
    };
  }

  private static CopyOption[] copyOptions(Call call) {
    return call.options(CopyOption.class).toArray(new CopyOption[0]);
  }

  private String change(Call call, Path at) throws IOException {
    return switch (call.verb()) {
      case CREATE_FILE -> Files.createFile(at, permissions(call)).toString();
      case CREATE_DIRECTORY -> createDirectory(at, permissions(call)).toString();
      case CREATE_DIRECTORIES -> createDirectories(at).toString();
      case CREATE_SYMBOLIC_LINK -> createSymbolicLink(at, path(call.other())).toString();
      case DELETE -> {
        Files.delete(at);
        yield "";
      }
      case DELETE_IF_EXISTS -> String.valueOf(deleteIfExists(at));
      case DELETE_TREE -> deleteTree(at);
      case COPY_IN ->
          String.valueOf(
              Files.copy(
                  new ByteArrayInputStream(call.other().getBytes(StandardCharsets.UTF_8)),
                  at,
                  copyOptions(call)));
      case WRITE_STRING ->
          Files.writeString(
                  at, call.other(), call.options(OpenOption.class).toArray(new OpenOption[0]))
              .toString();
      case SET_TIMES -> setTimes(at, call);
      case SET_PERMISSIONS -> setPermissions(at, call);
      default -> channel(at, call);
    };
  }

  private static FileAttribute<?>[] permissions(Call call) {
    Set<PosixFilePermission> permissions = call.options(PosixFilePermission.class);
    return permissions.isEmpty()
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }

  private static String deleteTree(Path top) throws IOException {
    List<Path> nodes;
    try (Stream<Path> below = Files.walk(top)) {
      nodes = new ArrayList<>(below.toList());
    }
    Collections.reverse(nodes);
    for (Path node : nodes) {
      Files.delete(node);
    }
    return nodes.toString();
  }

  private static LinkOption[] linkOptions(Call call) {
    return call.options(LinkOption.class).toArray(new LinkOption[0]);
  }

  private static PosixFileAttributeView view(Path at, Call call) {
    return Files.getFileAttributeView(at, PosixFileAttributeView.class, linkOptions(call));
  }

  private static String setTimes(Path at, Call call) throws IOException {
    FileTime time = FileTime.from(call.number() * 1_000_003L, TimeUnit.MICROSECONDS);
    view(at, call).setTimes(time, null, null);
    return Files.getLastModifiedTime(at, linkOptions(call)).toString();
  }

  private static String setPermissions(Path at, Call call) throws IOException {
    view(at, call).setPermissions(call.options(PosixFilePermission.class));
    return new TreeSet<>(Files.getPosixFilePermissions(at, linkOptions(call))).toString();
  }

  private String look(Call call, Path at) throws IOException {
    return switch (call.verb()) {
      case READ_SYMBOLIC_LINK -> Files.readSymbolicLink(at).toString();
      case READ_STRING -> Files.readString(at, StandardCharsets.ISO_8859_1);
      case LINES -> lines(at);
      case SIZE -> String.valueOf(Files.size(at));
      case TO_REAL_PATH -> at.toRealPath(linkOptions(call)).toString();
      case KIND -> kind(at);
      case READ_ATTRIBUTES -> attributes(at, linkOptions(call));
      case GET_ATTRIBUTE -> attribute(at, call.other());
      case LIST -> texts(Files.list(at));
      case GLOB -> glob(at, call.other());
      case WALK -> texts(Files.walk(at, call.number()));
      case WALK_FILE_TREE ->
          Visit.of(at, call.options(FileVisitOption.class), call.number()).toString();
      default -> String.valueOf(Files.isHidden(at));
    };
  }

  private static String attribute(Path at, String name) throws IOException {
    Object value = Files.getAttribute(at, name);
    return value instanceof Set<?> some ? new TreeSet<>(some).toString() : value.toString();
  }

  private static String lines(Path at) throws IOException {
    try (Stream<String> lines = Files.lines(at, StandardCharsets.ISO_8859_1)) {
      return lines.toList().toString();
    }
  }

  private static String texts(Stream<Path> paths) {
    try (paths) {
      return paths.map(Path::toString).toList().toString();
    }
  }

  private String glob(Path at, String glob) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> paths = stream(at, glob)) {
      paths.forEach(path -> names.add(path.toString()));
    }
    return names.toString();
  }

  /** Returns what each of the questions of {@link Files} is answered. */
  String kind(Path at) {
    return kind(at, at);
  }

  /** The same, if those that follow links are asked of another path. */
  final String kind(Path followed, Path at) {
    LinkOption itself = LinkOption.NOFOLLOW_LINKS;
    return List.of(
            Files.exists(followed),
            Files.exists(at, itself),
            notExists(followed),
            Files.isDirectory(followed),
            Files.isDirectory(at, itself),
            Files.isRegularFile(followed),
            Files.isRegularFile(at, itself),
            Files.isSymbolicLink(at),
            Files.isReadable(followed),
            Files.isWritable(followed),
            isExecutable(followed))
        .toString();
  }

  private String attributes(Path at, LinkOption... options) throws IOException {
    PosixFileAttributes found = Files.readAttributes(at, PosixFileAttributes.class, options);
    return List.of(
            found.isDirectory(),
            found.isRegularFile(),
            found.isSymbolicLink(),
            found.isOther(),
            size(at, found),
            found.lastModifiedTime(),
            new TreeSet<>(found.permissions()))
        .toString();
  }

  private String channel(Path at, Call call) throws IOException {
    Set<OpenOption> options = call.options(OpenOption.class);
    boolean file = call.verb() == Step.Verb.FILE_CHANNEL;
    try (SeekableByteChannel channel =
        file ? FileChannel.open(at, options) : Files.newByteChannel(at, options)) {
      if (Files.isDirectory(at)) {
        return "a channel to a directory";
      }
      return new ChannelCalls(this, channel, options).make(call.onChannel());
    }
  }

  // What follows are calls that jimfs is asked otherwise.

  Path createDirectory(Path at, FileAttribute<?>... attributes) throws IOException {
    return Files.createDirectory(at, attributes);
  }

  Path createDirectories(Path at) throws IOException {
    return Files.createDirectories(at);
  }

  Path createSymbolicLink(Path at, Path target) throws IOException {
    return Files.createSymbolicLink(at, target);
  }

  boolean deleteIfExists(Path at) throws IOException {
    return Files.deleteIfExists(at);
  }

  Path copy(Path at, Path to, Set<CopyOption> options) throws IOException {
    return Files.copy(at, to, options.toArray(new CopyOption[0]));
  }

  long mismatch(Path at, Path other) throws IOException {
    return Files.mismatch(at, other);
  }

  boolean isSameFile(Path at, Path other) throws IOException {
    return Files.isSameFile(at, other);
  }

  boolean notExists(Path at) {
    return Files.notExists(at);
  }

  boolean isExecutable(Path at) {
    return Files.isExecutable(at);
  }

  long size(Path at, PosixFileAttributes attributes) throws IOException {
    return attributes.size();
  }

  DirectoryStream<Path> stream(Path at, String glob) throws IOException {
    return Files.newDirectoryStream(at, glob);
  }

  int write(SeekableByteChannel channel, ByteBuffer bytes, OptionalLong at) throws IOException {
    return at.isPresent() && channel instanceof FileChannel file
        ? file.write(bytes, at.getAsLong())
        : channel.write(bytes);
  }

  long position(SeekableByteChannel channel, Set<OpenOption> options) throws IOException {
    return channel.position();
  }

  /** Called by whatever changes the bytes of a file. */
  void bytesChanged() {}
}
