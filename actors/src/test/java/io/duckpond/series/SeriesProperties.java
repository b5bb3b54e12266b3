package io.duckpond.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.FileOptions;
import io.duckpond.FileVersion;
import io.duckpond.Progress;
import io.duckpond.RestoreMode;
import io.duckpond.Transaction;
import io.duckpond.WorkingDirectory;
import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import io.duckpond.testkit.PondTestKit;
import io.duckpond.transaction.Savepoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random scripts on series and on plain arrays agree: in bytes, ranges, pieces and their sizes and
 * digests; within a transaction, after it, after a restart, a kill, a restore, upkeep, and as of
 * then.
 */
final class SeriesProperties {
  private static final List<String> PATHS = List.of("/a", "/b", "/d/a", "/d/b", "/d/e/a");

  /** Beyond it a piece stands in a file of its own. */
  private static final int INLINE_LIMIT = 64 * 1024;

  private final Harness harness = Harness.named("series");

  @Test
  void seriesAreTheirPieces() throws IOException {
    int scripts = Harness.size(1, 20);
    for (int script = 0; script < scripts; script++) {
      try (PondTestKit kit = new PondTestKit()) {
        kit.pond().root().createDirectories("/d/e");
        run(kit, script);
      }
    }
    harness.count("scripts", scripts);
    System.getLogger(SeriesProperties.class.getName())
        .log(System.Logger.Level.DEBUG, harness.report());
  }

  private void run(PondTestKit kit, int script) throws IOException {
    Random random = harness.random(script);
    NavigableMap<Long, ModelSeries> past = new TreeMap<>();
    ModelSeries model = new ModelSeries();
    for (int step = 0; step < 30; step++) {
      String at = harness.at("script " + script + " step " + step);
      model = transaction(kit, random, model, at);
      past.put(kit.pond().view().txnSeq(), model);
      again(kit, random);
      compare(kit.root(), model, random, at);
    }
    for (Map.Entry<Long, ModelSeries> then : past.entrySet()) {
      String at = harness.at("script " + script + " as of " + then.getKey());
      compare(kit.asOf(then.getKey()), then.getValue(), random, at);
      harness.count("past states", 1);
    }
  }

  /** Changes several series as one, or gives it up; returns what should be there then. */
  private ModelSeries transaction(PondTestKit kit, Random random, ModelSeries before, String at)
      throws IOException {
    ModelSeries after = before.copy();
    try (Transaction transaction = kit.pond().begin()) {
      WorkingDirectory root = transaction.root();
      int changes = 1 + random.nextInt(random.nextInt(6) == 0 ? 80 : 6);
      for (int i = 0; i < changes; i++) {
        change(root, after, random);
        if (random.nextInt(10) == 0) {
          Savepoint savepoint = transaction.savepoint();
          change(root, after.copy(), random);
          transaction.rollbackTo(savepoint);
          harness.count("rolled back to a savepoint", 1);
        }
      }
      compare(root, after, random, at + " within");
      if (random.nextInt(6) == 0) {
        harness.count("given up", 1);
        return before;
      }
      transaction.commit();
      harness.count("transactions", 1);
      return after;
    }
  }

  private void change(WorkingDirectory root, ModelSeries model, Random random) throws IOException {
    String path = PATHS.get(random.nextInt(PATHS.size()));
    String other = PATHS.get(random.nextInt(PATHS.size()));
    int kind = random.nextInt(20);
    if (kind == 0 && model.holds(path) && !model.holds(other)) {
      root.rename(path, other);
      model.rename(path, other);
    } else if (kind == 1 && model.holds(path) && !model.holds(other)) {
      root.copy(path, other);
      model.copy(path, other);
    } else if (kind == 2 && model.holds(path)) {
      root.remove(path);
      model.remove(path);
    } else {
      byte[] piece = piece(random);
      if (model.holds(path) || random.nextBoolean()) {
        root.append(path, new ByteArrayInputStream(piece));
      } else {
        FileOptions series = FileOptions.of(NodeType.SERIES);
        root.createFile(path, new ByteArrayInputStream(piece), series);
      }
      model.append(path, piece);
      harness.count("pieces", 1);
    }
  }

  private static byte[] piece(Random random) {
    int bound = random.nextInt(12) == 0 ? 2 * INLINE_LIMIT : 300;
    byte[] piece = new byte[random.nextInt(8) == 0 ? 0 : random.nextInt(bound)];
    random.nextBytes(piece);
    return piece;
  }

  /** Has what was committed be found by another process, or by this one in another way. */
  private void again(PondTestKit kit, Random random) throws IOException {
    switch (random.nextInt(10)) {
      case 0 -> kit.restart();
      case 1 -> kit.kill();
      case 2 -> kit.pond().restore(RestoreMode.LOG, Progress.NONE);
      case 3 -> kit.pond().restore(RestoreMode.VERIFY, Progress.NONE);
      case 4 -> kit.pond().maintain();
      default -> {
        return;
      }
    }
    harness.count("restarts, kills, restores, upkeep", 1);
  }

  private void compare(WorkingDirectory root, ModelSeries model, Random random, String at)
      throws IOException {
    for (String path : PATHS) {
      assertThat(root.exists(path)).as(at + " " + path).isEqualTo(model.holds(path));
    }
    for (String path : model.paths()) {
      List<byte[]> pieces = model.pieces(path);
      String where = at + " " + path;
      byte[] whole = model.bytes(path);
      assertThat(root.metadata(path))
          .as(where)
          .isInstanceOfSatisfying(
              Entry.File.class,
              file -> {
                assertThat(file.version()).as(where).isEqualTo(pieces.size());
                assertThat(file.size()).as(where).isEqualTo(whole.length);
              });
      assertThat(root.readBytes(path)).as(where).isEqualTo(whole);
      comparePieces(root, path, pieces, random, where);
      for (int i = 0; i < 4; i++) {
        int from = random.nextInt(whole.length + 10);
        int to = from + random.nextInt(random.nextBoolean() ? 50 : whole.length + 10);
        try (InputStream in = root.readRange(path, from, to)) {
          assertThat(in.readAllBytes())
              .as(where + " from " + from + " to " + to)
              .isEqualTo(model.range(path, from, to));
        }
        harness.count("ranges", 1);
      }
    }
  }

  private static void comparePieces(
      WorkingDirectory root, String path, List<byte[]> pieces, Random random, String where)
      throws IOException {
    List<FileVersion> versions = root.versions(path);
    assertThat(versions).as(where).hasSize(pieces.size());
    for (int i = 0; i < pieces.size(); i++) {
      FileVersion version = versions.get(i);
      assertThat(version.number()).as(where).isEqualTo(i + 1);
      assertThat(version.size()).as(where).isEqualTo(pieces.get(i).length);
      assertThat(version.sha256()).as(where).isEqualTo(Sha256.of(pieces.get(i)));
      if (random.nextInt(pieces.size()) < 5) {
        try (InputStream in = root.readVersion(path, i + 1)) {
          assertThat(in.readAllBytes()).as(where + " piece " + (i + 1)).isEqualTo(pieces.get(i));
        }
      }
    }
  }
}
