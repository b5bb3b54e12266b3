package io.duckpond.nio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One call, or a few on one channel, of {@code java.nio.file}; says what came of it. */
record AgreementStep(Verb verb, String path, String other, long seed) {
  private static final List<String> PLAIN = List.of("a", "b", "c", "d");
  private static final List<String> HOSTILE =
      List.of(
          "déjà",
          "de\u0301ja\u0300",
          "x y",
          "\ud83d\ude00",
          "*",
          "[a]",
          "{a,b}",
          "a\\b",
          "line\nbreak",
          ".hidden",
          "-rf",
          "?",
          "tab\t",
          "\u007f",
          "%2F",
          "é".repeat(127) + "x");
  private static final List<String> GLOBS =
      List.of("*", "?", "[a-c]*", "{a,b,x*}", ".*", "*\\\\*", "[!a]", "**", "*\n*", "[");
  private static final Set<LinkOption> NOFOLLOW = Set.of(LinkOption.NOFOLLOW_LINKS);

  enum Verb {
    CREATE_FILE,
    MKDIR,
    MKDIRS,
    SYMLINK,
    READ_LINK,
    DELETE,
    DELETE_IF_EXISTS,
    DELETE_TREE,
    COPY,
    MOVE,
    WRITE,
    CHANNEL,
    READ,
    LIST,
    GLOB,
    WALK,
    KIND,
    SIZE,
    PERMISSIONS,
    TIME,
    SAME_FILE,
    REAL_PATH,
    ATTRIBUTE,
    HIDDEN
  }

  static AgreementStep random(Random random) {
    Verb verb = Verb.values()[random.nextInt(Verb.values().length)];
    if (random.nextInt(3) == 0) {
      verb = random.nextBoolean() ? Verb.MKDIR : Verb.WRITE; // or there would be little to look at
    }
    String other =
        switch (verb) {
          case COPY, MOVE, SAME_FILE -> path(random);
          case SYMLINK -> target(random);
          case GLOB -> GLOBS.get(random.nextInt(GLOBS.size()));
          default -> "text " + random.nextInt(1000);
        };
    return new AgreementStep(verb, path(random), other, random.nextLong());
  }

  static String path(Random random) {
    StringBuilder path = new StringBuilder(random.nextInt(8) == 0 ? "" : "/");
    int depth = 1 + random.nextInt(random.nextInt(4) == 0 ? 4 : 2);
    for (int i = 0; i < depth; i++) {
      boolean dots = i < depth - 1 && random.nextInt(10) == 0;
      path.append(i == 0 ? "" : "/");
      path.append(dots ? (random.nextBoolean() ? ".." : ".") : name(random));
    }
    return path.toString();
  }

  private static String name(Random random) {
    List<String> names = random.nextInt(3) == 0 ? HOSTILE : PLAIN;
    return names.get(random.nextInt(names.size()));
  }

  private static String target(Random random) {
    String path = path(random);
    return random.nextInt(4) == 0 ? "../" + name(random) : path;
  }

  boolean writes() {
    return verb == Verb.WRITE || verb == Verb.CHANNEL;
  }

  boolean hasTwoPaths() {
    return verb == Verb.MOVE || verb == Verb.COPY || verb == Verb.SAME_FILE;
  }

  /** Runs on a file system; both get the same choices, from the step's seed. */
  String on(FileSystem fileSystem) throws IOException {
    Random random = new Random(seed);
    Path at = fileSystem.getPath(path);
    switch (verb) {
      case CREATE_FILE -> Files.createFile(at);
      case MKDIR -> Files.createDirectory(at);
      case MKDIRS -> Files.createDirectories(at);
      case SYMLINK -> Files.createSymbolicLink(at, fileSystem.getPath(other));
      case DELETE -> Files.delete(at);
      case DELETE_TREE -> deleteTree(at);
      case COPY -> Files.copy(at, fileSystem.getPath(other), copyOptions(random));
      case MOVE -> Files.move(at, fileSystem.getPath(other), moveOptions(random));
      case WRITE -> Files.writeString(at, other.repeat(random.nextInt(3)), writeOptions(random));
      default -> {
        return read(fileSystem, at, random);
      }
    }
    return "";
  }

  private String read(FileSystem fileSystem, Path at, Random random) throws IOException {
    return switch (verb) {
      case READ_LINK -> Files.readSymbolicLink(at).toString();
      case DELETE_IF_EXISTS -> String.valueOf(Files.deleteIfExists(at));
      case CHANNEL -> channel(at, random);
      case READ -> Files.readString(at);
      case LIST -> names(Files.list(at));
      case GLOB -> glob(at);
      case WALK -> names(Files.walk(at, 1 + random.nextInt(4)));
      case KIND -> kind(at);
      case SIZE -> Files.isDirectory(at) ? "" : String.valueOf(Files.size(at));
      case PERMISSIONS -> permissions(at, random);
      case TIME -> time(at, random);
      case SAME_FILE -> String.valueOf(Files.isSameFile(at, fileSystem.getPath(other)));
      case REAL_PATH -> at.toRealPath().toString();
      case ATTRIBUTE -> String.valueOf(Files.getAttribute(at, attribute(random)));
      case HIDDEN -> String.valueOf(Files.isHidden(at));
      default -> throw new IllegalStateException(verb.name());
    };
  }

  private static String names(Stream<Path> paths) {
    try (paths) {
      return new TreeSet<>(paths.map(Path::toString).toList()).toString();
    }
  }

  private String glob(Path at) throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(at, other)) {
      paths.forEach(path -> names.add(path.toString()));
    }
    return names.toString();
  }

  private static String kind(Path at) {
    LinkOption[] nofollow = NOFOLLOW.toArray(new LinkOption[0]);
    return String.valueOf(
        List.of(
            Files.exists(at),
            Files.exists(at, nofollow),
            Files.isDirectory(at),
            Files.isDirectory(at, nofollow),
            Files.isRegularFile(at),
            Files.isRegularFile(at, nofollow),
            Files.isSymbolicLink(at),
            Files.isReadable(at),
            Files.isWritable(at)));
  }

  private static String permissions(Path at, Random random) throws IOException {
    Set<PosixFilePermission> permissions = new HashSet<>();
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      if (random.nextBoolean()) {
        permissions.add(permission);
      }
    }
    PosixFileAttributeView view = Files.getFileAttributeView(at, PosixFileAttributeView.class);
    view.setPermissions(permissions);
    return new TreeSet<>(Files.getPosixFilePermissions(at)).toString();
  }

  private static String time(Path at, Random random) throws IOException {
    FileTime time = FileTime.fromMillis(random.nextInt());
    if (random.nextBoolean()) {
      Files.setLastModifiedTime(at, time);
    } else {
      Files.setAttribute(at, "lastModifiedTime", time, LinkOption.NOFOLLOW_LINKS);
      return Files.getLastModifiedTime(at, LinkOption.NOFOLLOW_LINKS).toString();
    }
    return Files.getLastModifiedTime(at).toString();
  }

  private static String attribute(Random random) {
    List<String> names =
        List.of("isDirectory", "basic:isSymbolicLink", "posix:isRegularFile", "isOther");
    return names.get(random.nextInt(names.size()));
  }

  private static CopyOption[] copyOptions(Random random) {
    return some(
        random,
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES,
        LinkOption.NOFOLLOW_LINKS);
  }

  private static CopyOption[] moveOptions(Random random) {
    return some(random, StandardCopyOption.REPLACE_EXISTING);
  }

  private static CopyOption[] some(Random random, CopyOption... options) {
    List<CopyOption> chosen = new ArrayList<>(List.of(options));
    chosen.removeIf(option -> random.nextBoolean());
    return chosen.toArray(new CopyOption[0]);
  }

  private static OpenOption[] writeOptions(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new OpenOption[] {StandardOpenOption.APPEND};
      case 1 -> new OpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.APPEND};
      case 2 -> new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
      case 3 -> new OpenOption[] {StandardOpenOption.WRITE};
      default -> new OpenOption[0];
    };
  }

  private static Set<OpenOption> channelOptions(Random random) {
    Set<OpenOption> options = new HashSet<>();
    for (StandardOpenOption option :
        List.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            StandardOpenOption.CREATE,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      if (random.nextInt(option.ordinal() < 2 ? 2 : 4) == 0) {
        options.add(option);
      }
    }
    if (options.contains(StandardOpenOption.APPEND)) {
      options.remove(StandardOpenOption.READ);
      options.remove(StandardOpenOption.TRUNCATE_EXISTING);
    }
    return options;
  }

  private static String channel(Path at, Random random) throws IOException {
    List<String> said = new ArrayList<>();
    Set<OpenOption> options = channelOptions(random);
    boolean appends = options.contains(StandardOpenOption.APPEND);
    try (SeekableByteChannel channel = Files.newByteChannel(at, options)) {
      for (int i = random.nextInt(6); i >= 0; i--) {
        said.add(onChannel(channel, appends, random));
      }
    }
    return said.toString();
  }

  private static String onChannel(SeekableByteChannel channel, boolean appends, Random random)
      throws IOException {
    int number = random.nextInt(40);
    try {
      switch (random.nextInt(5)) {
        case 0 -> {
          ByteBuffer bytes = ByteBuffer.wrap("w".repeat(number).getBytes(UTF_8));
          return "wrote " + channel.write(bytes);
        }
        case 1 -> {
          ByteBuffer read = ByteBuffer.allocate(1 + number);
          int count = channel.read(read);
          return count + " " + UTF_8.decode(read.flip());
        }
        case 2 -> channel.position(number);
        case 3 -> channel.truncate(number);
        default -> {
          return "size " + channel.size();
        }
      }
      return "at " + (appends ? "the end" : channel.position());
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static void deleteTree(Path top) throws IOException {
    List<Path> nodes;
    try (Stream<Path> below = Files.walk(top)) {
      nodes = new ArrayList<>(below.toList());
    }
    Collections.reverse(nodes);
    for (Path node : nodes) {
      Files.delete(node);
    }
  }
}
