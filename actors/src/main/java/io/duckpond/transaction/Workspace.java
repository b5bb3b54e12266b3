package io.duckpond.transaction;

import io.duckpond.content.ContentStore;
import io.duckpond.content.Examination;
import io.duckpond.content.NewContent;
import io.duckpond.directory.DirectoryState;
import io.duckpond.node.Attributes;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeIds;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.Staging;
import io.duckpond.path.EntryName;
import io.duckpond.series.Pieces;
import io.duckpond.series.SeriesInput;
import io.duckpond.view.PastVersion;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The uncommitted changes of one transaction: a tree that lies over a pinned one. Reads see both;
 * {@link #changes} says what a commit would make durable. Changed through {@link
 * TreeWorkingDirectory}. For one thread.
 *
 * <p>Files written here have {@code ContentLocator.Pending} in this tree, staged or not; a file
 * written several times gets one new version.
 */
public final class Workspace implements Tree, AutoCloseable {

  private static final int FILE_MODE = 0644;
  private static final int DIRECTORY_MODE = 0755;
  private static final int LINK_MODE = 0777;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final NodeIds ids;
  private final Clock clock;
  private final PendingContents contents;
  private final Undo undo = new Undo();
  private final Placement placement;
  private Optional<ReadSet> reads = Optional.empty();
  private long operations;
  private long bytes;

  /**
   * An empty workspace over {@code pin}.
   *
   * @param store takes the bytes of files
   * @param stagings starts staging for one transaction; asked again after each {@link #reset}
   * @param stagingThreshold small contents beyond this many bytes together are staged
   */
  public Workspace(
      Tree pin,
      ContentStore store,
      Supplier<Staging> stagings,
      NodeIds ids,
      Clock clock,
      long stagingThreshold) {
    this.ids = ids;
    this.clock = clock;
    this.contents = new PendingContents(store, stagings, stagingThreshold, undo);
    this.placement =
        new Placement(pin, contents, node -> reads.ifPresent(set -> set.directory(node)), undo);
  }

  @Override
  public long txnSeq() {
    return pin().txnSeq();
  }

  @Override
  public DirectoryState directory(NodeId directory) throws IOException {
    return placement.directory(directory);
  }

  @Override
  public void load(Set<NodeId> directories) throws IOException {
    Set<NodeId> ofPin = new HashSet<>(directories);
    ofPin.removeAll(placement.changed()); // in memory, and newborn ones the pin does not know
    pin().load(ofPin);
  }

  @Override
  public void loadAll() throws IOException {
    pin().loadAll();
  }

  @Override
  public InputStream open(Entry.File entry, String path) throws IOException {
    if (entry.content() != ContentLocator.Pending.PENDING) {
      return pin().open(entry, path);
    }
    return entry.type().isSeries()
        ? new SeriesInput(pieces(entry, path), entry, path)
        : contents.open(held(entry, path), entry.child(), entry.version());
  }

  @Override
  public NewContent content(Entry.File entry, String path) throws IOException {
    return entry.content() == ContentLocator.Pending.PENDING
        ? contents.content(held(entry, path), entry.child(), entry.version())
        : pin().content(entry, path);
  }

  /** An entry may outlive its file: it was removed here, or this workspace was reset. */
  private PendingContents.Held held(Entry.File entry, String path) throws NoSuchFileException {
    return contents.of(entry.child()).orElseThrow(() -> new NoSuchFileException(path));
  }

  @Override
  public Pieces pieces(Entry.File series, String path) throws IOException {
    if (series.content() != ContentLocator.Pending.PENDING) {
      return pin().pieces(series, path);
    }
    return contents
        .series(series.child())
        .orElseThrow(() -> new NoSuchFileException(path))
        .pieces(contents);
  }

  @Override
  public List<PastVersion> past(NodeId holder, EntryName name) throws IOException {
    Optional<Entry> file = directory(holder).get(name);
    if (file.isEmpty()) {
      return List.of();
    }
    Optional<Place> before = placement.atPin(file.get().child(), new Place(holder, name));
    return before.isPresent()
        ? pin().past(before.get().directory(), before.get().name())
        : List.of();
  }

  /** Returns changes of names and attributes so far: no fewer than there are changed nodes. */
  public long touches() {
    return placement.touches();
  }

  /** Has everything remembered that is read from now on, to be looked at by the commit. */
  public void rememberReads() {
    reads = Optional.of(new ReadSet());
  }

  /** Notes that more is being read than is worth remembering step by step. */
  void readEverything() {
    reads.ifPresent(ReadSet::everything);
  }

  /** Returns the tree that is to be read from, so that what is read can be remembered. */
  public Tree reader() {
    return reads.<Tree>map(set -> new RememberingTree(this, set)).orElse(this);
  }

  /** Returns the calls so far that changed something. */
  public long operations() {
    return operations;
  }

  /** Returns what a commit would make durable; without directories there is nothing to commit. */
  public Changes changes() {
    Folding folding = placement.folding();
    return new Changes(
        txnSeq(),
        folding.directories(),
        folding.removed(placement.removals()),
        folding.moved(),
        placement.returned(),
        contents.staging(),
        operations,
        bytes,
        reads.map(ReadSet::reads).orElse(Reads.NONE));
  }

  /**
   * Returns the changed nodes as absolute paths, sorted: those whose entry differs from the pin's
   * or is gone. A directory is among them if it is itself new or changed, not for its children.
   */
  public List<String> dirty() {
    List<String> paths = new ArrayList<>();
    for (Changes.OfDirectory directory : placement.folding().directories()) {
      String prefix = directory.path().equals("/") ? "/" : directory.path() + "/";
      directory.names().forEach(name -> paths.add(prefix + name.change().name()));
      directory.own().ifPresent(own -> paths.add(directory.path()));
    }
    paths.sort(null);
    return paths;
  }

  /** Returns the present moment, to go back to; costs memory for what changes after it. */
  public Savepoint savepoint() throws IOException {
    Savepoint savepoint = new Savepoint(operations, bytes, contents.mark());
    undo.begin(savepoint);
    return savepoint;
  }

  /** Drops all changes made after a savepoint, which stays; returns false if it is stale. */
  public boolean rollBackTo(Savepoint savepoint) {
    if (!undo.rollBackTo(savepoint)) {
      return false;
    }
    contents.rewind(savepoint.contents);
    operations = savepoint.operations;
    bytes = savepoint.bytes;
    return true;
  }

  /** Forgets a savepoint and those after it; returns false if it is stale. */
  public boolean release(Savepoint savepoint) {
    return undo.release(savepoint);
  }

  /** Drops all changes and goes on over another pin, after a commit or to roll back. */
  public void reset(Tree newPin) {
    close();
    placement.reset(newPin);
  }

  /** Drops all changes; what was staged is removed unless a commit has listed it. */
  @Override
  public void close() {
    undo.clear();
    reads.ifPresent(ReadSet::clear);
    placement.clear();
    operations = 0;
    bytes = 0;
    contents.close();
  }

  /** Returns the tree that this lies over. */
  Tree pin() {
    return placement.pin();
  }

  /** Returns where nodes stand, to change that. */
  Placement placement() {
    return placement;
  }

  /** Counts a call that changed something. */
  void count() {
    operations++;
  }

  /** Returns the present time, nanoseconds since the epoch. */
  long now() {
    Instant instant = clock.instant();
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
  }

  /**
   * Writes a new version of the file at a site, or creates it. Without attributes given, a new file
   * has mode 0644, an old one keeps its mode, and the time is now.
   */
  Entry.File write(Site site, InputStream in, Optional<Attributes> attributes) throws IOException {
    return write(site, NodeType.FILE, take(in), attributes);
  }

  /** The same of bytes that are taken in; a new file is of type {@code type}, and no series. */
  Entry.File write(Site site, NodeType type, NewContent content, Optional<Attributes> attributes)
      throws IOException {
    Optional<Entry> held = directory(site.place().directory()).get(site.place().name());
    Entry.File file =
        held.isPresent() && held.get() instanceof Entry.File before
            ? FileEntries.next(
                before, content, attributes.orElse(before.attributes().modifiedAt(now())))
            : FileEntries.first(
                ids.next(), type, attributes.orElse(new Attributes(FILE_MODE, now())), content);
    placement.prepare(site);
    contents.hold(site.place().directory(), file, content);
    placement.put(site, file);
    bytes += content.size();
    return file;
  }

  /** Adds a piece to the series at a site, or creates one of {@code type} there. */
  Entry.File append(Site site, NodeType type, Incoming piece, Optional<Attributes> attributes)
      throws IOException {
    NewContent content = piece.content();
    NodeId directory = site.place().directory();
    Optional<Entry> held = directory(directory).get(site.place().name());
    placement.prepare(site);
    Entry.File series =
        held.isPresent() && held.get() instanceof Entry.File before
            ? before
            : FileEntries.emptySeries(ids.next(), type, new Attributes(FILE_MODE, now()));
    Entry.File longer =
        FileEntries.longer(
            series, content, attributes.orElse(series.attributes().modifiedAt(now())));
    if (contents.series(series.child()).isEmpty()) {
      contents.begin(series.version() == 0 ? PendingSeries.of(series) : over(series, site));
    }
    contents.append(directory, longer, content, piece.columns());
    placement.put(site, longer);
    bytes += content.size();
    return longer;
  }

  private PendingSeries over(Entry.File series, Site site) throws IOException {
    return PendingSeries.over(series, pin().pieces(series, site.shown()));
  }

  /** Creates a directory at a free site. */
  Entry.Directory makeDirectory(Site site) throws IOException {
    return makeDirectory(site, new Attributes(DIRECTORY_MODE, now()));
  }

  /** The same with attributes. */
  Entry.Directory makeDirectory(Site site, Attributes attributes) throws IOException {
    Entry.Directory made = new Entry.Directory(ids.next(), attributes);
    placement.putNewborn(site, made);
    return made;
  }

  /** Creates a symbolic link at a free site. */
  Entry.Symlink makeLink(Site site, String target) throws IOException {
    return makeLink(site, target, new Attributes(LINK_MODE, now()));
  }

  /** The same with attributes. */
  Entry.Symlink makeLink(Site site, String target, Attributes attributes) throws IOException {
    Entry.Symlink link = new Entry.Symlink(ids.next(), attributes, 1, target);
    placement.put(site, link);
    return link;
  }

  /** Takes bytes in, so that a file can be made of them. */
  NewContent take(InputStream in) throws IOException {
    return contents.take(in);
  }

  /** The same of bytes that must pass an examination. */
  NewContent take(InputStream in, Examination examination) throws IOException {
    return contents.take(in, examination);
  }

  /** Takes bytes as a new version of a file that is about to be put at a site. */
  Entry.File nextVersion(Site site, Entry.File before, NewContent content, Attributes attributes)
      throws IOException {
    Entry.File file = FileEntries.next(before, content, attributes);
    contents.hold(site.place().directory(), file, content);
    bytes += content.size();
    return file;
  }
}
