package io.duckpond.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.WorkingDirectory;
import io.duckpond.content.ContentStore;
import io.duckpond.journal.disk.Disk;
import io.duckpond.node.NodeIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A workspace over a tree in memory, with a clock that ticks once per look. */
final class Scene {

  private static final long INLINE_LIMIT = 1024;

  final List<MemoryStaging> stagings = new ArrayList<>();
  final Workspace workspace;
  final WorkingDirectory root;
  MemoryTree pin = MemoryTree.empty();

  private Scene(Disk disk, Path contents, long stagingThreshold) {
    Clock clock = new TickingClock();
    workspace =
        new Workspace(
            pin,
            new ContentStore(disk, contents, INLINE_LIMIT),
            this::stage,
            new NodeIds(clock, new Random(1)),
            clock,
            stagingThreshold);
    root = TreeWorkingDirectory.of(workspace);
  }

  /** An empty pond for small files only. */
  static Scene empty() {
    return staging(1 << 20);
  }

  /** The same that stages small contents beyond so many bytes. */
  static Scene staging(long threshold) {
    return new Scene(new NoDisk(), Path.of("/none"), threshold);
  }

  /** The same with a place for files of more than 1,024 bytes. */
  static Scene on(Disk disk, Path contents) {
    return new Scene(disk, contents, 1 << 20);
  }

  private MemoryStaging stage() {
    stagings.add(new MemoryStaging());
    return stagings.get(stagings.size() - 1);
  }

  /** Makes the changes so far the pin. */
  Scene commit() {
    pin = pin.commit(workspace.changes());
    workspace.reset(pin);
    return this;
  }

  /** Writes a file with its path's text as content, its parents made. */
  Scene file(String path) throws IOException {
    return file(path, path);
  }

  Scene file(String path, String text) throws IOException {
    root.createDirectories(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
    root.write(path, bytes(text));
    return this;
  }

  Scene link(String path, String target) throws IOException {
    root.createDirectories(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
    root.createSymlink(path, target);
    return this;
  }

  Scene directory(String path) throws IOException {
    root.createDirectories(path);
    return this;
  }

  String text(String path) throws IOException {
    return new String(root.readBytes(path), UTF_8);
  }

  static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /** Returns the changes by path, such as {@code put /a/b}, sorted. */
  List<String> changes() {
    List<String> lines = new ArrayList<>();
    for (Changes.OfDirectory directory : workspace.changes().directories()) {
      String prefix = directory.path().equals("/") ? "/" : directory.path() + "/";
      directory.names().stream()
          .map(Scene::words)
          .forEach(words -> lines.add(words(words, prefix)));
    }
    lines.sort(null);
    return lines;
  }

  private static Map.Entry<String, String> words(Changes.OfName name) {
    return Map.entry(
        name.change().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT),
        name.change().name().value());
  }

  private static String words(Map.Entry<String, String> words, String prefix) {
    return words.getKey() + " " + prefix + words.getValue();
  }

  /** One nanosecond later at each look, from 2026 on. */
  private static final class TickingClock extends Clock {
    private long nanos;

    @Override
    public Instant instant() {
      return Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanos++);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
