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
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private final Locations locations = new Locations(undo);
  private final Map<NodeId, DirtyDirectory> dirty = new UndoableMap<>(undo);
  private final Removals removals;

  /** Nodes that hung nowhere at the pin, and the directories that hold them now. */
  private final Map<NodeId, NodeId> returned = new UndoableMap<>(undo);

  private Tree pin;
  private Optional<ReadSet> reads = Optional.empty();
  private long operations;
  private long bytes;
  private long touches;

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
    this.pin = pin;
    this.ids = ids;
    this.clock = clock;
    this.contents = new PendingContents(store, stagings, stagingThreshold, undo);
    this.removals = new Removals(dirty, locations, contents, undo);
  }

  @Override
  public long txnSeq() {
    return pin.txnSeq();
  }

  @Override
  public DirectoryState directory(NodeId directory) throws IOException {
    DirtyDirectory changed = dirty.get(directory);
    return changed == null ? pin.directory(directory) : changed.current();
  }

  @Override
  public void load(Set<NodeId> directories) throws IOException {
    Set<NodeId> ofPin = new HashSet<>(directories);
    ofPin.removeAll(dirty.keySet()); // in memory, and newborn ones the pin does not know
    pin.load(ofPin);
  }

  @Override
  public void loadAll() throws IOException {
    pin.loadAll();
  }

  @Override
  public InputStream open(Entry.File entry, String path) throws IOException {
    if (entry.content() != ContentLocator.Pending.PENDING) {
      return pin.open(entry, path);
    }
    return entry.type().isSeries()
        ? new SeriesInput(pieces(entry, path), entry, path)
        : contents.open(held(entry, path), entry.child(), entry.version());
  }

  @Override
  public NewContent content(Entry.File entry, String path) throws IOException {
    return entry.content() == ContentLocator.Pending.PENDING
        ? contents.content(held(entry, path), entry.child(), entry.version())
        : pin.content(entry, path);
  }

  /** An entry may outlive its file: it was removed here, or this workspace was reset. */
  private PendingContents.Held held(Entry.File entry, String path) throws NoSuchFileException {
    return contents.of(entry.child()).orElseThrow(() -> new NoSuchFileException(path));
  }

  @Override
  public Pieces pieces(Entry.File series, String path) throws IOException {
    if (series.content() != ContentLocator.Pending.PENDING) {
      return pin.pieces(series, path);
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
    NodeId node = file.get().child();
    Place place = locations.moved(node).map(Locations.Moved::from).orElse(new Place(holder, name));
    DirtyDirectory changed = dirty.get(place.directory());
    DirectoryState before = changed == null ? pin.directory(place.directory()) : changed.base();
    boolean ofPin = before.get(place.name()).filter(old -> old.child().equals(node)).isPresent();
    return ofPin ? pin.past(place.directory(), place.name()) : List.of();
  }

  /** Returns changes of names and attributes so far: no fewer than there are changed nodes. */
  public long touches() {
    return touches;
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

  boolean isNewborn(NodeId directory) {
    DirtyDirectory changed = dirty.get(directory);
    return changed != null && changed.isNewborn();
  }

  /** Returns the calls so far that changed something. */
  public long operations() {
    return operations;
  }

  /** Returns what a commit would make durable; without directories there is nothing to commit. */
  public Changes changes() {
    Folding folding = new Folding(dirty, locations, contents);
    return new Changes(
        txnSeq(),
        folding.directories(),
        folding.removed(removals.directories()),
        folding.moved(),
        returned,
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
    for (Changes.OfDirectory directory : new Folding(dirty, locations, contents).directories()) {
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
    pin = newPin;
  }

  /** Drops all changes; what was staged is removed unless a commit has listed it. */
  @Override
  public void close() {
    undo.clear();
    reads.ifPresent(ReadSet::clear);
    dirty.clear();
    removals.clear();
    locations.clear();
    returned.clear();
    operations = 0;
    bytes = 0;
    touches = 0;
    contents.close();
  }

  /** Returns the tree that this lies over. */
  Tree pin() {
    return pin;
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
    DirtyDirectory parent = changing(site);
    contents.hold(site.place().directory(), file, content);
    parent.put(site.place().name(), file);
    bytes += content.size();
    return file;
  }

  /** Adds a piece to the series at a site, or creates one of {@code type} there. */
  Entry.File append(Site site, NodeType type, Incoming piece, Optional<Attributes> attributes)
      throws IOException {
    NewContent content = piece.content();
    NodeId directory = site.place().directory();
    Optional<Entry> held = directory(directory).get(site.place().name());
    DirtyDirectory parent = changing(site);
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
    parent.put(site.place().name(), longer);
    bytes += content.size();
    return longer;
  }

  private PendingSeries over(Entry.File series, Site site) throws IOException {
    return PendingSeries.over(series, pin.pieces(series, site.shown()));
  }

  /** Creates a directory at a free site. */
  Entry.Directory makeDirectory(Site site) throws IOException {
    return makeDirectory(site, new Attributes(DIRECTORY_MODE, now()));
  }

  /** The same with attributes. */
  Entry.Directory makeDirectory(Site site, Attributes attributes) throws IOException {
    Entry.Directory made = new Entry.Directory(ids.next(), attributes);
    put(site, made);
    dirty.put(made.child(), DirtyDirectory.newborn(undo));
    locations.learn(made.child(), site.place());
    return made;
  }

  /** Creates a symbolic link at a free site. */
  Entry.Symlink makeLink(Site site, String target) throws IOException {
    return makeLink(site, target, new Attributes(LINK_MODE, now()));
  }

  /** The same with attributes. */
  Entry.Symlink makeLink(Site site, String target, Attributes attributes) throws IOException {
    Entry.Symlink link = new Entry.Symlink(ids.next(), attributes, 1, target);
    put(site, link);
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

  /** Puts a changed or new entry at a site. */
  void put(Site site, Entry entry) throws IOException {
    changing(site).put(site.place().name(), entry);
  }

  /** Changes the root's own attributes. */
  void putRoot(Attributes attributes) throws IOException {
    existing(NodeId.ROOT).own(attributes);
  }

  /** Moves what is at {@code from} to {@code to}; what is there goes. */
  void move(Site from, Entry entry, Site to) throws IOException {
    DirtyDirectory source = changing(from);
    DirtyDirectory goal = changing(to);
    Optional<Entry> replaced = goal.current().get(to.place().name());
    if (replaced.isPresent()) {
      unlink(to, replaced.get(), Emptiness.DEMANDED);
    }
    boolean ofPin =
        source.base().get(from.place().name()).map(Entry::child).equals(Optional.of(entry.child()));
    source.remove(from.place().name());
    goal.put(to.place().name(), entry);
    locations.move(entry, from.place(), to.place(), ofPin);
  }

  /** Returns the changed directories: those of the pin, or those that were created here. */
  Set<NodeId> changed(boolean newborn) {
    Set<NodeId> changed = new HashSet<>();
    dirty.forEach(
        (directory, state) -> {
          if (state.isNewborn() == newborn) {
            changed.add(directory);
          }
        });
    return changed;
  }

  /** Learns the way to a site's directory, so that it is known wherever that goes. */
  void prepare(Site site) throws IOException {
    DirtyDirectory unused = changing(site);
  }

  /** Takes a node from a prepared site, to be put elsewhere by {@link #arrive}. */
  void depart(Site site) throws IOException {
    changing(site).remove(site.place().name());
  }

  /** Puts a node at a free site that has departed from {@code from}. */
  void arrive(Site site, Entry entry, Place from) throws IOException {
    DirtyDirectory source = dirty.get(from.directory());
    boolean ofPin =
        source != null
            && source
                .base()
                .get(from.name())
                .filter(seen -> seen.child().equals(entry.child()))
                .isPresent();
    put(site, entry);
    locations.move(entry, from, site.place(), ofPin);
  }

  /** Puts a node at a free site that hangs nowhere, and was last at {@code from}. */
  void bringBack(Site site, Entry entry, Place from) throws IOException {
    put(site, entry);
    hangsAgain(site, entry);
    if (!from.directory().equals(site.place().directory())) {
      locations.move(entry, from, site.place(), true);
    }
  }

  /** Notes that a node has its place again together with the directory that holds it. */
  void hangsAgain(Site site, Entry entry) {
    returned.put(entry.child(), site.place().directory());
    removals.takeBack(entry.child());
    if (entry instanceof Entry.Directory) {
      locations.learn(entry.child(), site.place());
    }
  }

  /** Takes bytes as a new version of a file that is about to be put at a site. */
  Entry.File nextVersion(Site site, Entry.File before, NewContent content, Attributes attributes)
      throws IOException {
    Entry.File file = FileEntries.next(before, content, attributes);
    contents.hold(site.place().directory(), file, content);
    bytes += content.size();
    return file;
  }

  /** Whether a directory that goes must be empty. */
  enum Emptiness {
    DEMANDED,
    NOT_DEMANDED
  }

  /** Removes what is at a site, with all below it. */
  void remove(Site site, Entry entry, Emptiness emptiness) throws IOException {
    DirtyDirectory parent = changing(site);
    unlink(site, entry, emptiness);
    parent.remove(site.place().name());
  }

  private void unlink(Site site, Entry entry, Emptiness emptiness) throws IOException {
    if (emptiness == Emptiness.DEMANDED && entry instanceof Entry.Directory directory) {
      demandEmpty(site, directory.child());
    }
    removals.unlink(site, entry, emptiness == Emptiness.NOT_DEMANDED);
  }

  private void demandEmpty(Site site, NodeId node) throws IOException {
    if (!isNewborn(node)) {
      reads.ifPresent(set -> set.directory(node)); // a refusal, too, says what is in it
    }
    if (!directory(node).entries().isEmpty()) {
      throw new DirectoryNotEmptyException(site.shown());
    }
  }

  private DirtyDirectory changing(Site site) throws IOException {
    NodeId directory = site.place().directory();
    if (!dirty.containsKey(directory)) {
      NodeId above = NodeId.ROOT;
      List<EntryName> names = Site.names(site.path());
      for (EntryName name : names.subList(0, names.size() - 1)) {
        NodeId below = directory(above).get(name).map(Entry::child).orElse(directory);
        locations.learn(below, new Place(above, name));
        above = below;
      }
    }
    return existing(directory);
  }

  private DirtyDirectory existing(NodeId directory) throws IOException {
    DirtyDirectory known = dirty.get(directory);
    touches++;
    if (known == null) {
      known = DirtyDirectory.existing(pin.directory(directory), undo);
      dirty.put(directory, known);
    }
    return known;
  }
}
