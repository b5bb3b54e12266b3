package io.duckpond.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.duckpond.WorkingDirectory;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.path.Resolution;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same random script on a pond and on jimfs: every step is answered or refused alike, and the
 * trees stay equal. Where pond differs by design, the step is not put to jimfs, and must change
 * nothing if pond refuses it:
 *
 * <ul>
 *   <li>a link that climbs above the root is refused, not kept at the root;
 *   <li>a write through a broken link creates its target, as POSIX says; jimfs refuses;
 *   <li>a replacing rename never replaces a directory by something else or the other way round;
 *   <li>a file in the middle of a path is "not a directory"; jimfs says "no such file";
 *   <li>a directory's time does not change with its children, so times are not compared.
 * </ul>
 */
class JimfsAgreementProperties {

  private static final int STEPS = 300;
  private static final List<String> NAMES = List.of("a", "b", "c", "déjà", "x y");

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void pondAnswersAndRefusesAsJimfsDoes(long seed) throws IOException {
    Random random = new Random(seed);
    Scene scene = Scene.staging(random.nextBoolean() ? 1 << 20 : 40);
    try (FileSystem jimfs =
        Jimfs.newFileSystem(Configuration.unix().toBuilder().setWorkingDirectory("/").build())) {
      for (int i = 0; i < STEPS; i++) {
        Step step = Step.random(random);
        String words = "seed " + seed + ", step " + i + ": " + step;

        if (step.isToBeCompared(scene.root)) {
          String onPond = outcome(() -> step.on(scene.root));
          if (!step.isRefusedByDesign(onPond)) {
            assertThat(onPond).as(words).isEqualTo(outcome(() -> step.on(jimfs)));
          }
        }
        assertThat(tree(scene.root)).as(words).isEqualTo(tree(jimfs.getPath("/")));

        if (random.nextInt(40) == 0) {
          commitsToTheSameTree(scene, words);
        }
      }
    }
  }

  /** The folded changes, put upon the pin, give what the workspace showed. */
  private static void commitsToTheSameTree(Scene scene, String words) throws IOException {
    SortedMap<String, String> shown = tree(scene.root);
    Map<NodeId, Map<EntryName, Entry>> states = states(scene.workspace);
    Changes changes = scene.workspace.changes();

    for (Changes.OfDirectory directory : changes.directories()) {
      assertThat(directory.names())
          .as(words)
          .allSatisfy(name -> assertThat(name.change().after()).isNotEqualTo(name.seen()));
      assertThat(directory.newborn() || !directory.names().isEmpty()).as(words).isTrue();
    }
    scene.commit();

    assertThat(states(scene.pin)).as(words).isEqualTo(states);
    assertThat(tree(scene.root)).as(words).isEqualTo(shown);
    assertThat(scene.workspace.changes().directories()).as(words).isEmpty();
  }

  /** Every directory that the root reaches, its files wherever their bytes stand. */
  private static Map<NodeId, Map<EntryName, Entry>> states(Tree tree) throws IOException {
    Map<NodeId, Map<EntryName, Entry>> states = new TreeMap<>();
    Deque<NodeId> ahead = new ArrayDeque<>(List.of(NodeId.ROOT));
    while (!ahead.isEmpty()) {
      NodeId directory = ahead.remove();
      Map<EntryName, Entry> entries = new TreeMap<>(tree.directory(directory).entries());
      entries.replaceAll(
          (name, entry) ->
              entry instanceof Entry.File file
                  ? file.withContent(ContentLocator.Pending.PENDING)
                  : entry);
      assertThat(states.put(directory, entries)).as("second way to " + directory).isNull();
      entries.values().stream()
          .filter(Entry.Directory.class::isInstance)
          .forEach(entry -> ahead.add(entry.child()));
    }
    return states;
  }

  private static SortedMap<String, String> tree(WorkingDirectory root) throws IOException {
    SortedMap<String, String> nodes = new TreeMap<>();
    for (Map.Entry<String, Entry> each : root.walk("/").entrySet()) {
      String path = "/" + each.getKey();
      if (each.getValue() instanceof Entry.Directory) {
        nodes.put(path, "directory");
      } else if (each.getValue() instanceof Entry.Symlink link) {
        nodes.put(path, "-> " + link.target());
      } else {
        nodes.put(path, new String(root.readBytes(path), UTF_8));
      }
    }
    return nodes;
  }

  private static SortedMap<String, String> tree(Path root) throws IOException {
    SortedMap<String, String> nodes = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (path.equals(root)) {
          continue;
        }
        if (Files.isSymbolicLink(path)) {
          nodes.put(path.toString(), "-> " + Files.readSymbolicLink(path));
        } else if (Files.isDirectory(path)) {
          nodes.put(path.toString(), "directory");
        } else {
          nodes.put(path.toString(), Files.readString(path));
        }
      }
    }
    return nodes;
  }

  private interface Action {
    String run() throws IOException;
  }

  /** What an action says, or the class of its refusal. */
  private static String outcome(Action action) {
    try {
      return action.run();
    } catch (NotDirectoryException e) {
      return NoSuchFileException.class.getSimpleName();
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? "" : e.getReason();
      return e.getClass() == FileSystemException.class && Step.BY_DESIGN.contains(reason)
          ? reason
          : e.getClass().getSimpleName();
    } catch (IOException e) {
      // This is how jimfs says it.
      return String.valueOf(e.getMessage()).contains("too many levels of symbolic links")
          ? FileSystemLoopException.class.getSimpleName()
          : e.toString();
    }
  }

  /** One call, on either side. */
  private record Step(Verb verb, String path, String other) {

    private enum Verb {
      CREATE,
      WRITE,
      WRITE_AGAIN,
      MKDIR,
      MKDIRS,
      SYMLINK,
      RENAME,
      RENAME_REPLACING,
      REMOVE,
      REMOVE_RECURSIVELY,
      READ,
      LIST,
      EXISTS,
      READ_LINK
    }

    static final List<String> BY_DESIGN =
        List.of("a directory cannot be moved into itself", "is the root");

    static Step random(Random random) {
      Verb verb = Verb.values()[random.nextInt(Verb.values().length)];
      String other =
          switch (verb) {
            case RENAME, RENAME_REPLACING -> path(random, true);
            case SYMLINK -> target(random);
            default -> "text " + random.nextInt(1000);
          };
      return new Step(verb, path(random, verb != Verb.MKDIRS), other);
    }

    private static String path(Random random, boolean mayClimb) {
      StringBuilder path = new StringBuilder();
      int depth = 1 + random.nextInt(4);
      for (int i = 0; i < depth; i++) {
        boolean last = i == depth - 1;
        boolean climbs = mayClimb && !last && random.nextInt(10) == 0;
        path.append('/').append(climbs ? ".." : NAMES.get(random.nextInt(NAMES.size())));
      }
      return path.toString();
    }

    private static String target(Random random) {
      String path = path(random, true);
      return switch (random.nextInt(4)) {
        case 0 -> path;
        case 1 -> ".." + path;
        default -> path.substring(1);
      };
    }

    /** Whether the two filesystems mean the same by this step. */
    boolean isToBeCompared(WorkingDirectory root) throws IOException {
      Resolution resolution = root.lookup(path);
      boolean brokenLink =
          resolution instanceof Resolution.Vacant vacant && vacant.linkTarget().isPresent();
      boolean writes = verb == Verb.WRITE || verb == Verb.WRITE_AGAIN;
      boolean moves = verb == Verb.RENAME || verb == Verb.RENAME_REPLACING;
      return !escapes(resolution)
          && !(writes && brokenLink)
          && !(moves && escapes(root.lookup(other)));
    }

    private static boolean escapes(Resolution resolution) {
      return resolution instanceof Resolution.Blocked blocked
          && blocked.reason() == Resolution.Reason.ESCAPES_ROOT;
    }

    boolean isRefusedByDesign(String outcome) {
      boolean clash =
          outcome.equals(FileSystemException.class.getSimpleName())
              || outcome.equals(NoSuchFileException.class.getSimpleName());
      return BY_DESIGN.contains(outcome) || (verb == Verb.RENAME_REPLACING && clash);
    }

    String on(WorkingDirectory pond) throws IOException {
      switch (verb) {
        case CREATE -> pond.createFile(path, Scene.bytes(other));
        case WRITE, WRITE_AGAIN -> pond.write(path, Scene.bytes(other));
        case MKDIR -> pond.createDirectory(path);
        case MKDIRS -> pond.createDirectories(path);
        case SYMLINK -> pond.createSymlink(path, other);
        case RENAME -> pond.rename(path, other);
        case RENAME_REPLACING -> pond.renameReplacing(path, other);
        case REMOVE -> pond.remove(path);
        case REMOVE_RECURSIVELY -> pond.removeRecursively(path);
        case READ -> {
          return new String(pond.readBytes(path), UTF_8);
        }
        case LIST -> {
          return pond.list(path).keySet().toString();
        }
        case EXISTS -> {
          return String.valueOf(pond.exists(path));
        }
        case READ_LINK -> {
          return pond.readLink(path);
        }
      }
      return "";
    }

    String on(FileSystem jimfs) throws IOException {
      Path at = jimfs.getPath(path);
      switch (verb) {
        case CREATE -> write(at, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        case WRITE, WRITE_AGAIN ->
            write(
                at,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        case MKDIR -> Files.createDirectory(at);
        case MKDIRS -> Files.createDirectories(at);
        case SYMLINK -> Files.createSymbolicLink(at, jimfs.getPath(other));
        case RENAME -> Files.move(at, jimfs.getPath(other));
        case RENAME_REPLACING ->
            Files.move(at, jimfs.getPath(other), StandardCopyOption.REPLACE_EXISTING);
        case REMOVE -> Files.delete(at);
        case REMOVE_RECURSIVELY -> removeRecursively(at);
        case READ -> {
          return Files.readString(at);
        }
        case LIST -> {
          try (Stream<Path> names = Files.list(at)) {
            return names.map(name -> name.getFileName().toString()).sorted().toList().toString();
          }
        }
        case EXISTS -> {
          return String.valueOf(Files.exists(at));
        }
        case READ_LINK -> {
          if (Files.exists(at, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(at)) {
            throw new NotLinkException(path);
          }
          return Files.readSymbolicLink(at).toString();
        }
      }
      return "";
    }

    private void write(Path at, OpenOption... how) throws IOException {
      Files.writeString(at, other, how);
    }

    private static void removeRecursively(Path top) throws IOException {
      Files.getLastModifiedTime(top, LinkOption.NOFOLLOW_LINKS); // refuses what is not there
      List<Path> nodes;
      try (Stream<Path> below = Files.walk(top)) {
        nodes = below.toList();
      }
      for (int i = nodes.size() - 1; i >= 0; i--) {
        Files.delete(nodes.get(i));
      }
    }
  }
}
