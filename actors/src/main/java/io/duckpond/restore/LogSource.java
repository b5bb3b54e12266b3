package io.duckpond.restore;

import io.duckpond.content.ContentStore;
import io.duckpond.content.NewContent;
import io.duckpond.history.LogLineage;
import io.duckpond.history.PastVersions;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectorySnapshot;
import io.duckpond.oplog.Oplog;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.oplog.Snapshots;
import io.duckpond.series.LoggedPieces;
import io.duckpond.series.SeriesInput;
import io.duckpond.view.DirectorySource;
import io.duckpond.view.Lineage;
import io.duckpond.view.PastVersion;
import io.duckpond.view.Published;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** The log, and {@code contents/} for large bytes, as the source of what views show. Any thread. */
public final class LogSource implements DirectorySource {
  private static final Sha256 EMPTY = Sha256.of(new byte[0]);

  private final Oplog log;
  private final Optional<Snapshots> snapshots;
  private final ContentStore contents;
  private final Executor executor;
  private final int parallelism;

  /** A source that loads whole trees with up to {@code parallelism} tasks on {@code executor}. */
  public LogSource(Oplog log, ContentStore contents, Executor executor, int parallelism) {
    this(log, Optional.empty(), contents, executor, parallelism);
  }

  /** The same, which recovers single directories from snapshots where there are some. */
  public LogSource(
      Oplog log,
      Optional<Snapshots> snapshots,
      ContentStore contents,
      Executor executor,
      int parallelism) {
    this.log = log;
    this.snapshots = snapshots;
    this.contents = contents;
    this.executor = executor;
    this.parallelism = parallelism;
  }

  @Override
  public Published load(NodeId directory, long asOf) throws IOException {
    if (snapshots.isPresent()) {
      Optional<Published> rebuilt = fromSnapshot(snapshots.get(), directory, asOf);
      if (rebuilt.isPresent()) {
        return rebuilt.get();
      }
    }
    return RestoreScan.one(log, directory, asOf);
  }

  private Optional<Published> fromSnapshot(Snapshots cache, NodeId directory, long asOf)
      throws IOException {
    Optional<DirectorySnapshot> base = cache.find(directory, asOf);
    if (base.isEmpty()) {
      return Optional.empty();
    }
    Optional<Published> rebuilt;
    try {
      rebuilt = RestoreScan.since(log, base.get(), asOf);
    } catch (DamageException e) {
      rebuilt = Optional.empty(); // if it is the log's, the log alone will say so
    }
    if (rebuilt.isEmpty()) {
      cache.disown(base.get());
    }
    return rebuilt;
  }

  @Override
  public Map<NodeId, Published> load(Set<NodeId> directories, long asOf) throws IOException {
    if (directories.size() == 1) {
      NodeId only = directories.iterator().next();
      return Map.of(only, load(only, asOf));
    }
    return RestoreScan.some(log, directories, asOf, executor, parallelism);
  }

  @Override
  public Map<NodeId, Published> loadAll(long asOf) throws IOException {
    return RestoreScan.run(log, asOf, executor, parallelism, events -> {}).directories();
  }

  @Override
  public Lineage lineage() {
    return new LogLineage(log, executor, parallelism);
  }

  @Override
  public InputStream open(Entry.File entry, String path) throws IOException {
    if (entry.type().isSeries()) {
      return new SeriesInput(pieces(entry, path), entry, path);
    }
    if (!(entry.content() instanceof ContentLocator.Logged place)) {
      throw new IllegalStateException(path + ": not committed yet, so not in the log");
    }
    if (entry.size() == 0 && entry.sha256().equals(EMPTY)) {
      return InputStream.nullInputStream(); // nothing that could be damaged
    }
    OplogEntry row = fetch(place, entry, path);
    if (row instanceof OplogEntry.LargeFile large) {
      demand(large.sha256(), entry, path);
      return contents.open(large.sha256(), large.blocks(), large.size(), path);
    }
    if (row instanceof OplogEntry.SmallFile small) {
      byte[] bytes = small.bytes().toArrayUnsafe();
      demand(Sha256.of(bytes), entry, path);
      return new ByteArrayInputStream(bytes);
    }
    throw new DamageException(path + ": its row in the log is no file's");
  }

  @Override
  public NewContent content(Entry.File entry, String path) throws IOException {
    if (entry.content() instanceof ContentLocator.Logged place
        && entry.size() > 0
        && fetch(place, entry, path) instanceof OplogEntry.LargeFile large) {
      demand(large.sha256(), entry, path);
      return new NewContent.Large(large.size(), large.sha256(), large.blocks());
    }
    return DirectorySource.super.content(entry, path);
  }

  @Override
  public LoggedPieces pieces(Entry.File series, String path) throws IOException {
    return new LoggedPieces(new Rows(series.child(), path), series, path);
  }

  /** What a series needs of the log. */
  private final class Rows implements LoggedPieces.Rows {
    private final NodeId series;
    private final String path;

    Rows(NodeId series, String path) {
      this.series = series;
      this.path = path;
    }

    @Override
    public OplogEntry.Pieces pieces(ContentLocator.Logged place, long version) throws IOException {
      return named(path, version, () -> log.fetchPieces(place, series, version, path));
    }

    @Override
    public InputStream open(Entry.File piece) throws IOException {
      return LogSource.this.open(piece, path);
    }

    @Override
    public NewContent content(Entry.File piece) throws IOException {
      return LogSource.this.content(piece, path);
    }
  }

  @Override
  public List<PastVersion> past(NodeId file, NodeId holder, long asOf) throws IOException {
    return PastVersions.of(log, asOf, file, holder);
  }

  /** What is wrong with a data file does not say yet whose bytes are lost with it. */
  private OplogEntry fetch(ContentLocator.Logged place, Entry.File entry, String path)
      throws IOException {
    return named(
        path, entry.version(), () -> log.fetch(place, entry.child(), entry.version(), path));
  }

  /** Reads a row. */
  private interface Fetch<T> {
    T row() throws IOException;
  }

  private static <T> T named(String path, long version, Fetch<T> fetch) throws IOException {
    try {
      return fetch.row();
    } catch (DamageException e) {
      if (String.valueOf(e.getMessage()).startsWith(path + ": ")) {
        throw e;
      }
      throw new DamageException(
          path + ": version " + version + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void demand(Sha256 found, Entry.File entry, String path) {
    if (!found.equals(entry.sha256())) {
      throw new DamageException(
          String.format(
              "%s: version %d is damaged: expected SHA-256 %s, found %s",
              path, entry.version(), entry.sha256(), found));
    }
  }
}
