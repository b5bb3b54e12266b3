package io.duckpond.nio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.duckpond.RestoreMode;
import io.duckpond.Transaction;
import io.duckpond.harness.Harness;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The same random script through {@code java.nio.file} on a pond and on jimfs: every step is
 * answered, or refused by the same class, and the trees stay equal, whatever happens to the pond
 * meanwhile. Most scripts run in transactions, which are committed now and then; some on the
 * present state, where each change is a transaction.
 *
 * <p>Where pond differs by design, which is all of {@link #isByDesign} and {@link #isComparable}:
 *
 * <ul>
 *   <li>a file in the middle of a path is "not a directory"; jimfs says "no such file";
 *   <li>a link that climbs above the root is refused, not kept at the root; such steps are left
 *       out;
 *   <li>a write through a broken link makes its target, as POSIX says; jimfs refuses; left out;
 *   <li>too many links are a FileSystemLoopException; jimfs has an IOException that says so;
 *   <li>a directory into itself, and the root, cannot be moved or removed: FileSystemException;
 *       jimfs has no check of it when it copies or says it differently; left out, but must change
 *       nothing;
 *   <li>directories have mode 0755 and links 0777 when made, a copy has the mode of its source, as
 *       on Unix; jimfs gives 0644 to all; permissions are compared when they were just set;
 *   <li>a directory's time does not change with its entries; times are compared when just set;
 *   <li>relativize, by which Files.createDirectories goes, normalizes as on Unix; not so jimfs, so
 *       no directories are made by a path with "..";
 *   <li>whether two paths are the same file cannot be said of a missing one; jimfs says no;
 *   <li>attributes that nobody knows are refused before the file is looked for, a channel that
 *       appends stands at the end, and READ with APPEND is an IllegalArgumentException, all as the
 *       JDK's own say; not so jimfs; no script has them;
 *   <li>a name of more than 255 bytes is refused; jimfs knows no limit; no script has one.
 * </ul>
 */
class NioAgreementProperties {
  private static final int SCRIPTS = 300;
  private static final int STEPS = 200;
  private static final List<String> BY_DESIGN =
      List.of("a directory cannot be moved into itself", "is the root");

  private final MemoryPond pond;
  private boolean inTransactions;
  private Transaction transaction;
  private FileSystem onPond;

  NioAgreementProperties() throws IOException {
    pond = new MemoryPond("pond.log.merge-fan-in = 3");
    transaction = pond.pond().begin();
    onPond = pond.fileSystem();
  }

  @Test
  void pondAnswersAndRefusesAsJimfsDoes() throws IOException {
    Harness harness = Harness.named("nio-jimfs");
    int scripts = Harness.size(SCRIPTS, 10_000);
    for (int script = 0; script < scripts; script++) {
      run(harness, script);
    }
    pond.close();

    System.out.println(harness.report());
    assertThat(harness.counted("steps")).isEqualTo((long) scripts * STEPS);
    assertThat(harness.counted("answered")).isGreaterThan(STEPS * (long) scripts / 4);
    assertThat(harness.counted("refused")).isGreaterThan(STEPS * (long) scripts / 8);
  }

  private void run(Harness harness, int script) throws IOException {
    Random random = harness.random(script);
    inTransactions = random.nextInt(20) != 0;
    clear();
    begin();
    try (FileSystem jimfs =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder()
                .setWorkingDirectory("/")
                .setAttributeViews("posix")
                .build())) {
      for (int i = 0; i < STEPS; i++) {
        AgreementStep step = AgreementStep.random(random);
        String words = harness.at(script) + ", its step " + i + ": " + step;
        compare(harness, step, jimfs, words);
        upset(random, harness);
        if (i % 10 == 0 || i == STEPS - 1) {
          assertThat(tree(onPond)).as(words).isEqualTo(tree(jimfs));
        }
      }
      commit();
      assertThat(tree(PondFileSystems.of(pond.pond())))
          .as(harness.at(script))
          .isEqualTo(tree(jimfs));
    }
    end();
  }

  private void compare(Harness harness, AgreementStep step, FileSystem jimfs, String words)
      throws IOException {
    harness.count("steps", 1);
    if (!isComparable(step)) {
      harness.count("left out", 1);
      return;
    }
    String ours = outcome(() -> step.on(onPond));
    if (BY_DESIGN.contains(ours)) {
      harness.count("left out", 1);
      return;
    }
    String theirs = outcome(() -> step.on(jimfs));
    harness.count(ours.endsWith("Exception") ? "refused" : "answered", 1);
    if (!isByDesign(step, ours, theirs)) {
      assertThat(ours).as(words).isEqualTo(theirs);
    }
  }

  private static boolean isByDesign(AgreementStep step, String ours, String theirs) {
    boolean blocked = ours.equals("NotDirectoryException");
    boolean missing = blocked || ours.equals("NoSuchFileException");
    boolean denied = theirs.equals("false");
    return blocked && theirs.equals("NoSuchFileException")
        || blocked && denied && step.verb() == AgreementStep.Verb.DELETE_IF_EXISTS
        || missing && denied && step.verb() == AgreementStep.Verb.SAME_FILE;
  }

  private boolean isComparable(AgreementStep step) throws IOException {
    boolean climbs = step.verb() == AgreementStep.Verb.MKDIRS && step.path().contains("..");
    return !climbs
        && isComparable(step.path(), step.writes())
        && (!step.hasTwoPaths() || isComparable(step.other(), false));
  }

  private boolean isComparable(String path, boolean writes) throws IOException {
    String text = onPond.getPath(path).toAbsolutePath().toString();
    Resolution there =
        inTransactions ? transaction.root().lookup(text) : pond.pond().view().root().lookup(text);
    boolean escapes =
        there instanceof Resolution.Blocked blocked
            && blocked.reason() == Resolution.Reason.ESCAPES_ROOT;
    boolean broken = there instanceof Resolution.Vacant vacant && vacant.linkTarget().isPresent();
    return !escapes && !(writes && broken);
  }

  private interface Action {
    String run() throws IOException;
  }

  /** What an action says, or the class of its refusal. */
  private static String outcome(Action action) {
    try {
      return action.run();
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? "" : e.getReason();
      return BY_DESIGN.contains(reason) ? reason : e.getClass().getSimpleName();
    } catch (UncheckedIOException e) {
      return Objects.requireNonNull(e.getCause()).getClass().getSimpleName();
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).contains("too many levels of symbolic links")
          ? "FileSystemLoopException"
          : e.toString();
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      return e.getClass().getSimpleName();
    }
  }

  private void upset(Random random, Harness harness) throws IOException {
    int choice = random.nextInt(3_000);
    if (choice < 100 && inTransactions) {
      commit();
      harness.count("commits", 1);
    } else if (choice < 101) {
      end();
      pond.restart();
      begin();
      harness.count("restarts", 1);
    } else if (choice < 104) {
      pond.pond().restore(RestoreMode.VERIFY, (what, done, bytes) -> {});
      harness.count("restores", 1);
    }
  }

  private void clear() throws IOException {
    pond.pond()
        .transact(
            root -> {
              for (var name : root.list("/").keySet()) {
                root.removeRecursively("/" + name.value());
              }
              return true;
            },
            1);
  }

  private void begin() throws IOException {
    if (inTransactions) {
      transaction = pond.pond().begin();
      onPond = PondFileSystems.of(transaction);
    } else {
      onPond = PondFileSystems.of(pond.pond());
    }
  }

  private void commit() throws IOException {
    if (inTransactions) {
      transaction.commit();
    }
  }

  private void end() throws IOException {
    if (inTransactions) {
      transaction.commit();
      onPond.close();
      transaction.close();
    }
  }

  private static SortedMap<String, String> tree(FileSystem fileSystem) throws IOException {
    SortedMap<String, String> nodes = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(fileSystem.getPath("/"))) {
      for (Path path : (Iterable<Path>) paths::iterator) {
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
}
