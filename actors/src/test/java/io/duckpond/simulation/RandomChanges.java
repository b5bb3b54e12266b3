package io.duckpond.simulation;

import io.duckpond.WorkingDirectory;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.util.ByteString;

/** Makes one random change after another, of a pond's transaction and of the model's alike. */
final class RandomChanges {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "é", "f g");
  private static final int MOST_NODES = 40;

  private final RandomGenerator random;
  private final Clock clock;
  private final StringBuilder log;

  RandomChanges(RandomGenerator random, Clock clock, StringBuilder log) {
    this.random = random;
    this.clock = clock;
    this.log = log;
  }

  /** Makes a change that a pond must accept, or asks for one that it must refuse. */
  void next(WorkingDirectory root, ModelTransaction model) throws IOException {
    List<ModelPlace> taken = ModelPlace.all(model.tree());
    if (taken.isEmpty() || random.nextInt(3) == 0 && taken.size() < MOST_NODES) {
      create(root, model, vacant(model.tree(), taken));
      return;
    }
    ModelPlace place = taken.get(random.nextInt(taken.size()));
    switch (random.nextInt(taken.size() < MOST_NODES ? 10 : 12)) {
      case 0, 1, 2 -> write(root, model, place);
      case 3 -> touch(root, model, place);
      case 4, 5, 6 -> move(root, model, place, vacant(model.tree(), taken));
      case 7 -> replace(root, model, place, taken.get(random.nextInt(taken.size())));
      case 8 -> refused(root, place);
      default -> remove(root, model, place);
    }
  }

  /** Creates more than a transaction keeps in memory. */
  void manySmallFiles(WorkingDirectory root, ModelTransaction model) throws IOException {
    int count = 4 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      ModelPlace place = vacant(model.tree(), ModelPlace.all(model.tree()));
      byte[] bytes = new byte[SimulatedProcess.INLINE_LIMIT - random.nextInt(40)];
      random.nextBytes(bytes);
      create(root, model, place, ByteString.fromArray(bytes));
    }
  }

  private long now() {
    var now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private void log(String what, ModelPlace place) {
    log.append("  ").append(what).append(' ').append(place.path()).append('\n');
  }

  /** A free name in a random directory. */
  private ModelPlace vacant(ModelTree tree, List<ModelPlace> taken) {
    List<ModelPlace> directories = taken.stream().filter(ModelPlace::isDirectory).toList();
    int chosen = random.nextInt(directories.size() + 1);
    long directory = ModelTree.ROOT;
    String path = "";
    if (chosen > 0) {
      ModelPlace place = directories.get(chosen - 1);
      directory = place.entry().orElseThrow().node();
      path = place.path();
    }
    String name = NAMES.get(random.nextInt(NAMES.size()));
    while (tree.names(directory).containsKey(name)) {
      name += NAMES.get(random.nextInt(NAMES.size()));
    }
    return new ModelPlace(directory, path, name, Optional.empty());
  }

  private void create(WorkingDirectory root, ModelTransaction model, ModelPlace place)
      throws IOException {
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        log("mkdir", place);
        root.createDirectory(place.path());
        model.makeDirectory(place, now());
      }
      case 2 -> {
        log("ln", place);
        String target = NAMES.get(random.nextInt(NAMES.size()));
        root.createSymlink(place.path(), target);
        model.link(place, target, now());
      }
      default -> create(root, model, place, bytes());
    }
  }

  private void create(
      WorkingDirectory root, ModelTransaction model, ModelPlace place, ByteString bytes)
      throws IOException {
    log("create " + bytes.size(), place);
    root.createFile(place.path(), bytes.asInputStream());
    model.write(place, bytes, now());
  }

  private void write(WorkingDirectory root, ModelTransaction model, ModelPlace place)
      throws IOException {
    if (place.entry().orElseThrow() instanceof ModelEntry.File) {
      ByteString bytes = bytes();
      log("write " + bytes.size(), place);
      root.write(place.path(), bytes.asInputStream());
      model.write(place, bytes, now());
    }
  }

  /** A link would be followed, to whatever has its name. */
  private void touch(WorkingDirectory root, ModelTransaction model, ModelPlace place)
      throws IOException {
    if (!(place.entry().orElseThrow() instanceof ModelEntry.Link)) {
      log("touch", place);
      root.touch(place.path());
      model.touch(place, now());
    }
  }

  private void move(WorkingDirectory root, ModelTransaction model, ModelPlace from, ModelPlace to)
      throws IOException {
    log("move " + from.path(), to);
    if (to.isWithin(from)) {
      refuse("move", () -> root.rename(from.path(), to.path()));
    } else {
      root.rename(from.path(), to.path());
      model.move(from, to);
    }
  }

  private void replace(
      WorkingDirectory root, ModelTransaction model, ModelPlace from, ModelPlace to)
      throws IOException {
    boolean alike = from.isDirectory() == to.isDirectory();
    boolean empty =
        !to.isDirectory() || model.tree().names(to.entry().orElseThrow().node()).isEmpty();
    if (!from.equals(to)) {
      log("replace by " + from.path(), to);
      if (!alike || !empty || to.isWithin(from)) {
        refuse("replace", () -> root.renameReplacing(from.path(), to.path()));
      } else {
        root.renameReplacing(from.path(), to.path());
        model.move(from, to);
      }
    }
  }

  private void remove(WorkingDirectory root, ModelTransaction model, ModelPlace place)
      throws IOException {
    log("rm -r", place);
    root.removeRecursively(place.path());
    model.remove(place);
  }

  private void refused(WorkingDirectory root, ModelPlace place) {
    log("refused", place);
    switch (random.nextInt(3)) {
      case 0 -> refuse("mkdir", () -> root.createDirectory(place.path()));
      case 1 -> refuse("create", () -> root.createFile(place.path(), bytes().asInputStream()));
      default -> refuse("remove", () -> root.remove(place.path() + "/nothing/at all"));
    }
  }

  /** Something of a pond that can be refused. */
  private interface Asked {
    void run() throws IOException;
  }

  private static void refuse(String what, Asked asked) {
    try {
      asked.run();
    } catch (FileSystemException expected) {
      return;
    } catch (IOException other) {
      throw new AssertionError(what + " failed instead of being refused", other);
    }
    throw new AssertionError(what + " should have been refused");
  }

  /** Mostly small, some beyond the limit of what stands in the log, a few of some length. */
  private ByteString bytes() {
    int size =
        switch (random.nextInt(8)) {
          case 0 -> 0;
          case 1, 2 -> SimulatedProcess.INLINE_LIMIT + 1 + random.nextInt(300);
          case 3 -> random.nextInt(6000);
          default -> random.nextInt(SimulatedProcess.INLINE_LIMIT + 1);
        };
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    // Equal contents are one file.
    return ByteString.fromArray(random.nextInt(4) == 0 ? new byte[size] : bytes);
  }
}
