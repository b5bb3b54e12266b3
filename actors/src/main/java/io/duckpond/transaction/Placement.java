package io.duckpond.transaction;

import io.duckpond.directory.DirectoryState;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where nodes stand in a workspace: its changed directories over those of the pin, and what was
 * moved, removed and brought back. Knows nothing of contents but which are not needed any more.
 */
final class Placement {
  private final Undo undo;
  private final PendingContents contents;
  private final Consumer<NodeId> lookedInto;
  private final Locations locations;
  private final Map<NodeId, DirtyDirectory> dirty;
  private final Removals removals;

  /** Nodes that hung nowhere at the pin, and the directories that hold them now. */
  private final Map<NodeId, NodeId> returned;

  private Tree pin;
  private long touches;

  /**
   * Nothing changed over {@code pin}; {@code lookedInto} hears of directories that must be empty.
   */
  Placement(Tree pin, PendingContents contents, Consumer<NodeId> lookedInto, Undo undo) {
    this.pin = pin;
    this.undo = undo;
    this.contents = contents;
    this.lookedInto = lookedInto;
    this.locations = new Locations(undo);
    this.dirty = new UndoableMap<>(undo);
    this.removals = new Removals(dirty, locations, contents, undo);
    this.returned = new UndoableMap<>(undo);
  }

  /** Returns the tree that this lies over. */
  Tree pin() {
    return pin;
  }

  /** Drops all changes and goes on over another pin. */
  void reset(Tree newPin) {
    clear();
    pin = newPin;
  }

  /** Drops all changes. */
  void clear() {
    dirty.clear();
    removals.clear();
    locations.clear();
    returned.clear();
    touches = 0;
  }

  DirectoryState directory(NodeId directory) throws IOException {
    DirtyDirectory changed = dirty.get(directory);
    return changed == null ? pin.directory(directory) : changed.current();
  }

  boolean isNewborn(NodeId directory) {
    DirtyDirectory changed = dirty.get(directory);
    return changed != null && changed.isNewborn();
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

  /** Returns all changed directories. */
  Set<NodeId> changed() {
    return Collections.unmodifiableSet(dirty.keySet());
  }

  /** Returns changes of names and attributes so far: no fewer than there are changed nodes. */
  long touches() {
    return touches;
  }

  /** Returns what all changes come to. */
  Folding folding() {
    return new Folding(dirty, locations, contents);
  }

  /** Returns the directories of the pin that are to end. */
  Map<NodeId, Changes.Removal> removals() {
    return removals.directories();
  }

  /** Returns the nodes that hung nowhere at the pin, with the directories that hold them now. */
  Map<NodeId, NodeId> returned() {
    return returned;
  }

  /** Returns where the pin has a node that is at {@code now}, or nothing if it has not. */
  Optional<Place> atPin(NodeId node, Place now) throws IOException {
    Place place = locations.moved(node).map(Locations.Moved::from).orElse(now);
    DirtyDirectory changed = dirty.get(place.directory());
    DirectoryState before = changed == null ? pin.directory(place.directory()) : changed.base();
    return before.get(place.name()).filter(old -> old.child().equals(node)).map(old -> place);
  }

  /** Puts a changed or new entry at a site. */
  void put(Site site, Entry entry) throws IOException {
    changing(site).put(site.place().name(), entry);
  }

  /** Puts a directory at a free site that is created with it. */
  void putNewborn(Site site, Entry.Directory made) throws IOException {
    put(site, made);
    dirty.put(made.child(), DirtyDirectory.newborn(undo));
    locations.learn(made.child(), site.place());
  }

  /** Changes the root's own attributes. */
  void putRoot(Attributes attributes) throws IOException {
    touches++;
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
    boolean ofPin = isOfPin(source, from.place().name(), entry);
    source.remove(from.place().name());
    goal.put(to.place().name(), entry);
    locations.move(entry, from.place(), to.place(), ofPin);
  }

  private static boolean isOfPin(DirtyDirectory directory, EntryName name, Entry entry) {
    return directory.base().get(name).filter(is -> is.child().equals(entry.child())).isPresent();
  }

  /** Learns the way to a site's directory, so that it is known wherever that goes. */
  void prepare(Site site) throws IOException {
    DirtyDirectory unused = known(site);
  }

  /** Takes a node from a prepared site, to be put elsewhere by {@link #arrive}. */
  void depart(Site site) throws IOException {
    changing(site).remove(site.place().name());
  }

  /** Puts a node at a free site that has departed from {@code from}. */
  void arrive(Site site, Entry entry, Place from) throws IOException {
    DirtyDirectory source = dirty.get(from.directory());
    boolean ofPin = source != null && isOfPin(source, from.name(), entry);
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
      lookedInto.accept(node); // a refusal, too, says what is in it
    }
    if (!directory(node).entries().isEmpty()) {
      throw new DirectoryNotEmptyException(site.shown());
    }
  }

  private DirtyDirectory changing(Site site) throws IOException {
    touches++;
    return known(site);
  }

  private DirtyDirectory known(Site site) throws IOException {
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
    if (known == null) {
      known = DirtyDirectory.existing(pin.directory(directory), undo);
      dirty.put(directory, known);
    }
    return known;
  }
}
