package io.duckpond.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.WorkingDirectory;
import io.duckpond.harness.Harness;
import io.duckpond.path.EntryName;
import io.duckpond.path.PondPath;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the short way finds is what the long one does. */
class StraightPathProperties {
  private static final String[] NAMES = {
    "a", "b", "größe", "😀", "a?", "link", "up", ".", "..", "", ".hidden", "...", "\uD800", "none"
  };
  private static final List<EntryName> HERE = List.of();
  private static final List<EntryName> BELOW = List.of(new EntryName("a"), new EntryName("b"));

  @Test
  void anyPathIsFoundAsTheResolverFindsIt() throws IOException {
    Harness harness = Harness.named("straight-path");
    Random random = harness.random(0);
    Scene scene = Scene.empty();
    grow(scene.root, "/", 3);
    int found = 0;
    for (int step = 0; step < Harness.size(20_000, 1_000_000); step++) {
      List<EntryName> root = random.nextBoolean() ? HERE : BELOW;
      List<EntryName> names = random.nextBoolean() ? HERE : BELOW;
      PathResolver.AtEnd atEnd =
          random.nextBoolean() ? PathResolver.AtEnd.FOLLOW : PathResolver.AtEnd.KEEP;
      String path = path(random);

      Optional<Resolution> straight =
          new StraightPath(scene.workspace, root, names).find(path, atEnd);

      if (straight.isPresent()) {
        found++;
        assertThat(resolved(scene, root, names, path, atEnd))
            .as("%s: '%s' below %s, %s", harness.at(step), path, root, names)
            .isEqualTo(straight);
      }
    }
    assertThat(found).isPositive();
  }

  private static Optional<Resolution> resolved(
      Scene scene, List<EntryName> root, List<EntryName> names, String path, PathResolver.AtEnd end)
      throws IOException {
    try {
      return Optional.of(
          new PathResolver(scene.workspace, root).resolve(names, PondPath.parse(path), end));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static void grow(WorkingDirectory root, String at, int levels) throws IOException {
    root.createSymlink(at + "link", "a");
    root.createSymlink(at + "up", "../b");
    root.touch(at + ".hidden");
    root.touch(at + "a?");
    root.touch(at + "?");
    root.touch(at + "...");
    for (String name : List.of("a", "b", "größe", "😀")) {
      if (levels == 0) {
        root.touch(at + name);
      } else {
        root.createDirectory(at + name);
        grow(root, at + name + "/", levels - 1);
      }
    }
  }

  private static String path(Random random) {
    StringBuilder path = new StringBuilder(random.nextBoolean() ? "/" : "");
    int names = random.nextInt(6);
    for (int i = 0; i < names; i++) {
      path.append(i == 0 ? "" : "/");
      path.append(NAMES[random.nextInt(random.nextInt(3) == 0 ? NAMES.length : 4)]);
    }
    return path.append(random.nextInt(8) == 0 ? "/" : "").toString();
  }
}
