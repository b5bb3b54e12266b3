package io.duckpond.transaction;

import io.duckpond.content.NewContent;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import io.duckpond.path.Resolution;
import io.duckpond.series.Pieces;
import io.duckpond.table.TableSchema;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies a node with all below it to another place of the same workspace. What is copied is what
 * was there when the copy began: a directory's state never changes.
 */
final class TreeCopy {
  private final Workspace workspace;
  private final Lookup lookup;
  private final AtTarget atTarget;
  private final Deque<Job> jobs = new ArrayDeque<>();

  /** A node to copy, the path where it is, and where its copy goes. */
  private record Job(Entry entry, String path, Site target) {}

  TreeCopy(Workspace workspace, Lookup lookup, AtTarget atTarget) {
    this.workspace = workspace;
    this.lookup = lookup;
    this.atTarget = atTarget;
  }

  void run(String from, String to) throws IOException {
    Resolution.Found source = lookup.foundKeeping(from);
    Lookup.Goal goal = lookup.goal(to);
    Site target = goal.site();
    if (source.entry() instanceof Entry.Computed) {
      throw Refusals.because(
          lookup.asked(from), "is computed: it can be copied out of the pond only");
    }
    boolean directory = source.entry() instanceof Entry.Directory;
    if (!directory && Lookup.parse(to).demandsDirectory()) {
      throw new NotDirectoryException(lookup.asked(to));
    }
    if (directory && isWithin(target, lookup.absolutePath(source))) {
      throw new FileSystemException(
          lookup.asked(from), lookup.asked(to), "a directory cannot be copied into itself");
    }
    if (lookup.absolutePath(source).startsWith(target.path() + "/")) {
      throw new FileSystemException(
          lookup.asked(from), lookup.asked(to), "it cannot be copied onto what it is in");
    }
    if (goal.taken().isPresent()) {
      if (atTarget == AtTarget.REFUSE) {
        throw new FileAlreadyExistsException(lookup.asked(to));
      }
      if (goal.taken().get().child().equals(source.entry().child())) {
        throw new FileSystemException(
            lookup.asked(from), lookup.asked(to), "a node cannot be copied onto itself");
      }
    }
    if (directory) {
      workspace.loadBelow(source.entry().child());
    }
    Job whole = new Job(source.entry(), source.path(), target);
    demandFits(whole);
    jobs.add(whole);
    while (!jobs.isEmpty()) {
      copy(jobs.remove());
    }
    workspace.count();
  }

  private static boolean isWithin(Site target, String source) {
    return source.equals("/")
        || target.path().equals(source)
        || target.path().startsWith(source + "/");
  }

  /** Refuses what cannot be replaced anywhere below before anything is changed. */
  private void demandFits(Job whole) throws IOException {
    Deque<Job> merged = new ArrayDeque<>();
    merged.add(whole);
    while (!merged.isEmpty()) {
      Job job = merged.remove();
      Optional<Entry> taken = taken(job.target());
      boolean ontoDirectory = taken.isPresent() && taken.get() instanceof Entry.Directory;
      if (job.entry() instanceof Entry.Directory directory) {
        if (ontoDirectory) {
          merged.addAll(below(directory, job, taken.get()));
        } else if (taken.isPresent()) {
          throw new NotDirectoryException(job.target().shown());
        }
      } else if (ontoDirectory) {
        throw Refusals.because(job.target().shown(), "is a directory");
      }
    }
  }

  private Optional<Entry> taken(Site target) throws IOException {
    return workspace.reader().entry(target.place().directory(), target.place().name());
  }

  private void copy(Job job) throws IOException {
    Site target = job.target();
    Optional<Entry> taken = taken(target);
    if (job.entry() instanceof Entry.Directory directory) {
      Entry into =
          taken.isPresent() ? taken.get() : workspace.makeDirectory(target, directory.attributes());
      jobs.addAll(below(directory, job, into));
      return;
    }
    if (job.entry() instanceof Entry.File file) {
      if (taken.isPresent() && !becomesVersion(file, taken.get())) {
        workspace.placement().remove(target, taken.get(), Placement.Emptiness.DEMANDED);
      }
      write(file, job);
    } else if (job.entry() instanceof Entry.Symlink link) {
      if (taken.isPresent()) {
        workspace.placement().remove(target, taken.get(), Placement.Emptiness.DEMANDED);
      }
      workspace.makeLink(target, link.target(), link.attributes());
    }
  }

  private void write(Entry.File file, Job job) throws IOException {
    Optional<Attributes> attributes = Optional.of(file.attributes());
    if (!file.type().isSeries()) {
      NewContent content = workspace.content(file, job.path());
      workspace.write(job.target(), file.type(), content, attributes);
      return;
    }
    Entry.File unused = append(workspace, job.target(), file, workspace.pieces(file, job.path()));
  }

  /** Creates a series of the same pieces and attributes at a free site. */
  static Entry.File append(Workspace workspace, Site target, Entry.File series, Pieces pieces)
      throws IOException {
    TableSchema columns = pieces.columns();
    Entry.File longer = series;
    for (long version = 1; version <= series.version(); version++) {
      NewContent content = pieces.content(pieces.numbered(version).piece());
      longer =
          workspace.append(
              target,
              series.type(),
              new Incoming(content, columns),
              Optional.of(series.attributes()));
    }
    return longer;
  }

  private static boolean becomesVersion(Entry.File file, Entry taken) {
    return taken instanceof Entry.File before
        && before.type() == file.type()
        && !file.type().isSeries();
  }

  private List<Job> below(Entry.Directory directory, Job job, Entry into) throws IOException {
    List<Job> below = new ArrayList<>();
    for (Map.Entry<EntryName, Entry> child :
        workspace.reader().directory(directory.child()).entries().entrySet()) {
      EntryName name = child.getKey();
      Site target =
          new Site(
              new Place(into.child(), name),
              child(job.target().path(), name),
              child(job.target().shown(), name));
      below.add(new Job(child.getValue(), child(job.path(), name), target));
    }
    return below;
  }

  private static String child(String path, EntryName name) {
    return path.endsWith("/") ? path + name : path + "/" + name;
  }
}
