package io.duckpond.transaction;

import io.duckpond.content.NewContent;
import io.duckpond.diff.Comparison;
import io.duckpond.diff.Item;
import io.duckpond.directory.DirectoryState;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.view.Lineage;
import io.duckpond.view.TreeView;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings some paths of a workspace back to what an earlier state holds there. A node keeps its id
 * if it is there still, has moved within these paths, or hangs nowhere any more; one that has a
 * place elsewhere keeps that, and its path gets a copy with an id of its own: no node ever has two
 * places.
 *
 * <p>What has moved is taken from its place first; then each directory, from the top down, is made
 * to hold what it held. A removed directory is put back as it was left, and then corrected like any
 * other: in its log it may still hold what had been moved out of it when it was removed.
 */
final class Reversion {
  private final Workspace workspace;
  private final TreeView then;
  private final Lineage lineage;
  private final Comparison compared;
  private final Set<String> tops;
  private final Deque<Job> jobs = new ArrayDeque<>();

  /** Where a node of the earlier state is now. */
  private enum Whereabouts {
    IN_PLACE,
    WITHIN,
    ELSEWHERE,
    NOWHERE
  }

  /**
   * A directory whose names are to be made those of {@code old}.
   *
   * @param now the same, or a fresh copy of it
   * @param whereabouts of {@code old}, before anything was reverted
   */
  private record Job(NodeId old, NodeId now, String path, Whereabouts whereabouts) {}

  /**
   * A reversion of what is at or below {@code tops}.
   *
   * @param tops absolute paths without links, none within another
   */
  Reversion(Workspace workspace, TreeView then, Comparison compared, Set<String> tops) {
    this.workspace = workspace;
    this.then = then;
    this.lineage = then.lineage();
    this.compared = compared;
    this.tops = Set.copyOf(tops);
  }

  /** Takes from their places all nodes that are to move within the paths, and loads the others. */
  void begin() throws IOException {
    Set<NodeId> removed = new HashSet<>();
    for (Item old : compared.departed().values()) {
      Item now = compared.arrived().get(old.entry().child());
      if (isWithin(old.path()) && now != null && isWithin(now.path())) {
        workspace.placement().prepare(site(now.holder(), now.name(), now.path()));
      } else if (isWithin(old.path()) && old.entry() instanceof Entry.Directory) {
        if (now == null) {
          removed.add(old.entry().child());
        } else {
          then.loadBelow(old.entry().child());
        }
      }
    }
    for (Item old : compared.departed().values()) {
      Item now = compared.arrived().get(old.entry().child());
      if (isWithin(old.path()) && now != null && isWithin(now.path())) {
        workspace.placement().depart(site(now.holder(), now.name(), now.path()));
      }
    }
    workspace.load(removed);
  }

  /** Makes one name hold what it held; {@code old} is empty if that was nothing. */
  void revert(Optional<Entry> old, NodeId oldHolder, Site site) throws IOException {
    Optional<Entry> now = workspace.directory(site.place().directory()).get(site.place().name());
    settle(old, now, oldHolder, site, Whereabouts.IN_PLACE);
    while (!jobs.isEmpty()) {
      run(jobs.remove());
    }
  }

  /** Makes the root hold what it held. */
  void revertRoot() throws IOException {
    DirectoryState old = then.directory(NodeId.ROOT);
    if (!old.own().equals(workspace.directory(NodeId.ROOT).own()) && old.own().isPresent()) {
      workspace.placement().putRoot(old.own().get());
    }
    jobs.add(new Job(NodeId.ROOT, NodeId.ROOT, "/", Whereabouts.IN_PLACE));
    while (!jobs.isEmpty()) {
      run(jobs.remove());
    }
  }

  private void run(Job job) throws IOException {
    Map<EntryName, Entry> old = then.directory(job.old()).entries();
    Map<EntryName, Entry> now = workspace.directory(job.now()).entries();
    for (Map.Entry<EntryName, Entry> each : now.entrySet()) {
      if (!old.containsKey(each.getKey())) {
        Site site = site(job.now(), each.getKey(), child(job.path(), each.getKey()));
        settle(Optional.empty(), Optional.of(each.getValue()), job.old(), site, job.whereabouts());
      }
    }
    for (Map.Entry<EntryName, Entry> each : old.entrySet()) {
      Site site = site(job.now(), each.getKey(), child(job.path(), each.getKey()));
      Optional<Entry> there = Optional.ofNullable(now.get(each.getKey()));
      settle(Optional.of(each.getValue()), there, job.old(), site, job.whereabouts());
    }
  }

  /**
   * Makes one name hold what it held.
   *
   * @param holder of the whereabouts of the directory that held it
   */
  private void settle(
      Optional<Entry> old, Optional<Entry> now, NodeId oldHolder, Site site, Whereabouts holder)
      throws IOException {
    Whereabouts wanted =
        old.isEmpty() ? Whereabouts.NOWHERE : whereabouts(old.get(), now, oldHolder, holder);
    boolean same =
        old.isPresent() && now.isPresent() && old.get().child().equals(now.get().child());
    if (same && wanted == Whereabouts.IN_PLACE) {
      adjust(old.get(), now.get(), site);
      return;
    }
    if (same && wanted == Whereabouts.NOWHERE) {
      workspace.placement().hangsAgain(site, old.get());
      adjust(old.get(), now.get(), site);
      return;
    }
    if (now.isPresent()) {
      clear(now.get(), site, holder);
    }
    if (old.isPresent()) {
      bring(old.get(), oldHolder, site, wanted);
    }
  }

  /** What a removed directory still lists hangs nowhere by that. */
  private void clear(Entry now, Site site, Whereabouts holder) throws IOException {
    if (holder == Whereabouts.NOWHERE) {
      workspace.placement().depart(site);
    } else {
      workspace.placement().remove(site, now, Placement.Emptiness.NOT_DEMANDED);
    }
  }

  /** Of a series no piece can be taken back: as it was it is another node. */
  private Whereabouts whereabouts(
      Entry old, Optional<Entry> now, NodeId oldHolder, Whereabouts holder) throws IOException {
    Whereabouts found = whereabouts(old, holder);
    if (old instanceof Entry.File file && file.type().isSeries()) {
      Item moved = compared.arrived().get(old.child());
      long newest =
          switch (found) {
            case IN_PLACE -> now.map(Entry::version).orElse(0L);
            case WITHIN -> moved == null ? 0L : moved.entry().version();
            case NOWHERE -> lineage.last(old.child(), oldHolder, workspace.txnSeq()).version();
            case ELSEWHERE -> 0L;
          };
      return newest == file.version() ? found : Whereabouts.ELSEWHERE;
    }
    return found;
  }

  private Whereabouts whereabouts(Entry old, Whereabouts holder) {
    if (!compared.departed().containsKey(old.child())) {
      return holder == Whereabouts.ELSEWHERE ? Whereabouts.ELSEWHERE : Whereabouts.IN_PLACE;
    }
    Item now = compared.arrived().get(old.child());
    if (now == null) {
      return Whereabouts.NOWHERE;
    }
    return isWithin(now.path()) ? Whereabouts.WITHIN : Whereabouts.ELSEWHERE;
  }

  /** Makes a node what it was, at the place that it has. */
  private void adjust(Entry old, Entry now, Site site) throws IOException {
    Entry wanted = wanted(old, now, site);
    if (!wanted.equals(now)) {
      workspace.placement().put(site, wanted);
    }
    Whereabouts left = whereabouts(old, Whereabouts.IN_PLACE);
    if (left == Whereabouts.NOWHERE || compared.mayDiffer(old.child())) {
      descend(old, now, site, left);
    }
  }

  private void bring(Entry old, NodeId oldHolder, Site site, Whereabouts wanted)
      throws IOException {
    switch (wanted) {
      case WITHIN, IN_PLACE -> {
        Item from = compared.arrived().get(old.child());
        if (from == null) {
          throw new IllegalStateException("node [" + old.child() + "] has no place to come from");
        }
        Entry entry = wanted(old, from.entry(), site);
        workspace.placement().arrive(site, entry, new Place(from.holder(), from.name()));
        descend(old, entry, site, Whereabouts.IN_PLACE);
      }
      case NOWHERE -> {
        Lineage.Last last = lineage.last(old.child(), oldHolder, workspace.txnSeq());
        Place from = new Place(last.place().parent(), last.place().name());
        Entry entry = newest(old, last.version(), site);
        workspace.placement().bringBack(site, entry, from);
        descend(old, entry, site, Whereabouts.NOWHERE);
      }
      case ELSEWHERE -> descend(old, copy(old, site), site, Whereabouts.ELSEWHERE);
    }
  }

  private void descend(Entry old, Entry now, Site site, Whereabouts whereabouts) {
    if (old instanceof Entry.Directory) {
      jobs.add(new Job(old.child(), now.child(), site.path(), whereabouts));
    }
  }

  /** Returns what is to be put for a node that hangs nowhere: the numbers of versions only grow. */
  private Entry newest(Entry old, long version, Site site) throws IOException {
    if (!(old instanceof Entry.File file) || version <= file.version()) {
      return old;
    }
    Entry.File last =
        new Entry.File(
            file.child(),
            file.type(),
            file.attributes(),
            version,
            file.size(),
            file.sha256(),
            file.content());
    return workspace.nextVersion(site, last, content(file, site), file.attributes());
  }

  /** Returns what is to be put for a node that is {@code now}, so that it is what it was. */
  private Entry wanted(Entry old, Entry now, Site site) throws IOException {
    if (!(old instanceof Entry.File was) || !(now instanceof Entry.File is)) {
      return old;
    }
    if (was.sha256().equals(is.sha256()) && was.size() == is.size()) {
      return is.withAttributes(was.attributes());
    }
    return workspace.nextVersion(site, is, content(was, site), was.attributes());
  }

  private NewContent content(Entry.File file, Site site) throws IOException {
    return then.content(file, site.path());
  }

  private Entry copy(Entry old, Site site) throws IOException {
    if (old instanceof Entry.File series && series.type().isSeries()) {
      return TreeCopy.append(workspace, site, series, then.pieces(series, site.path()));
    }
    if (old instanceof Entry.File file) {
      return workspace.write(
          site, file.type(), content(file, site), Optional.of(file.attributes()));
    }
    return old instanceof Entry.Symlink link
        ? workspace.makeLink(site, link.target(), link.attributes())
        : workspace.makeDirectory(site, old.attributes());
  }

  private boolean isWithin(String path) {
    return tops.stream().anyMatch(top -> Item.isWithin(path, top));
  }

  private static Site site(NodeId holder, EntryName name, String path) {
    return new Site(new Place(holder, name), path, path);
  }

  private static String child(String directory, EntryName name) {
    return directory.equals("/") ? "/" + name : directory + "/" + name;
  }
}
