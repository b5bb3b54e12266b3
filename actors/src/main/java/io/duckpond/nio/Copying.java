package io.duckpond.nio;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;

/** Copies and moves one node: within a file system as one change, between two by reading. */
final class Copying {
  private final NioPath source;
  private final NioPath target;
  private final String from;
  private final String to;
  private final Set<CopyOption> options;

  Copying(NioPath source, NioPath target, CopyOption... options) {
    this.source = source;
    this.target = target;
    this.from = source.getFileSystem().text(source);
    this.to = target.getFileSystem().text(target);
    this.options = Set.of(options);
    for (CopyOption option : this.options) {
      if (!(option instanceof StandardCopyOption) && option != LinkOption.NOFOLLOW_LINKS) {
        throw new UnsupportedOperationException("option " + option);
      }
    }
  }

  private boolean replaces() {
    return options.contains(StandardCopyOption.REPLACE_EXISTING) || isAtomic();
  }

  private boolean isAtomic() {
    return options.contains(StandardCopyOption.ATOMIC_MOVE);
  }

  private boolean within() {
    return source.getFileSystem().showsSameAs(target.getFileSystem());
  }

  private void settle() throws IOException {
    source.getFileSystem().settle(from);
    target.getFileSystem().settleBelow(to);
  }

  /** A copy of a directory is an empty one, as the JDK has it. */
  void copy() throws IOException {
    if (isAtomic()) {
      throw new UnsupportedOperationException("ATOMIC_MOVE of a copy");
    }
    settle();
    boolean attributes = options.contains(StandardCopyOption.COPY_ATTRIBUTES);
    boolean follow = !options.contains(LinkOption.NOFOLLOW_LINKS);
    PondFileSystem goal = target.getFileSystem();
    if (within()) {
      boolean done = goal.backing().change(root -> copy(root, root, follow, attributes));
      forget(done);
    } else {
      boolean done =
          source
              .getFileSystem()
              .backing()
              .read(
                  state ->
                      goal.backing().change(root -> copy(state.root(), root, follow, attributes)));
      forget(done);
    }
  }

  /** Tells channels that write to what the copy has replaced. */
  private void forget(boolean done) throws IOException {
    if (done) {
      PondFileSystem goal = target.getFileSystem();
      if (!goal.openFiles().isEmpty() && replaces()) {
        goal.openFiles().wereRemoved(goal.place(to));
      }
    }
  }

  private boolean copy(
      WorkingDirectory reads, WorkingDirectory writes, boolean follow, boolean attributes)
      throws IOException {
    Entry entry = follow ? reads.metadata(from) : reads.metadataNoFollow(from);
    if (within() && isSame(writes, entry)) {
      return false;
    }
    clear(writes, entry);
    Entry made = put(reads, writes, entry);
    if (attributes) {
      writes.setAttributes(to, entry.attributes());
    } else if (!(entry instanceof Entry.Symlink)) {
      writes.setAttributes(
          to, new Attributes(entry.attributes().mode(), made.attributes().modifiedNanos()));
    }
    return true;
  }

  private Entry put(WorkingDirectory reads, WorkingDirectory writes, Entry entry)
      throws IOException {
    if (entry instanceof Entry.Symlink link) {
      return writes.createSymlink(to, link.target());
    }
    if (NodeAttributes.isDirectory(entry)) {
      return writes.createDirectory(to);
    }
    try (InputStream in = reads.read(from)) {
      return writes.createFile(to, in);
    }
  }

  private boolean isSame(WorkingDirectory root, Entry entry) throws IOException {
    return root.lookupNoFollow(to) instanceof Resolution.Found there
        && there.entry().child().equals(entry.child());
  }

  /** Makes room at the target, if what is there may go. */
  private void clear(WorkingDirectory root, Entry entry) throws IOException {
    if (!(root.lookupNoFollow(to) instanceof Resolution.Found there)) {
      return;
    }
    if (!replaces()) {
      throw new FileAlreadyExistsException(to);
    }
    if (within()
        && root.lookupNoFollow(from) instanceof Resolution.Found own
        && NodeAttributes.isDirectory(there.entry())
        && isBelow(own.path(), there.path())) {
      throw new DirectoryNotEmptyException(to);
    }
    root.remove(to);
  }

  private static boolean isBelow(String path, String directory) {
    return path.startsWith(directory.equals("/") ? directory : directory + "/");
  }

  void move() throws IOException {
    settle();
    if (!within()) {
      moveAcross();
      return;
    }
    PondFileSystem here = source.getFileSystem();
    String oldPlace = here.place(from);
    here.settleBelow(from);
    Optional<String> newPlace = here.backing().change(this::move);
    if (newPlace.isPresent()) {
      here.openFiles().wereRemoved(newPlace.get());
      here.openFiles().wereMoved(oldPlace, newPlace.get());
    }
  }

  /** Returns where it stands now, or nothing if it stood there before. */
  private Optional<String> move(WorkingDirectory root) throws IOException {
    Entry entry = root.metadataNoFollow(from);
    if (isSame(root, entry)) {
      return Optional.empty();
    }
    Resolution own = root.lookupNoFollow(from);
    Resolution goal = root.lookupNoFollow(to);
    if (goal instanceof Resolution.Found there
        && own instanceof Resolution.Found found
        && !isBelow(there.path(), found.path())) {
      clear(root, entry);
    }
    root.rename(from, to);
    return root.lookupNoFollow(to) instanceof Resolution.Found found
        ? Optional.of(found.path())
        : Optional.empty();
  }

  private void moveAcross() throws IOException {
    if (isAtomic()) {
      throw new AtomicMoveNotSupportedException(from, to, "from one file system to another");
    }
    PondFileSystem old = source.getFileSystem();
    old.settleBelow(from);
    boolean full =
        old.backing()
            .read(
                state ->
                    NodeAttributes.isDirectory(state.root().metadataNoFollow(from))
                        && !state.root().list(from).isEmpty());
    if (full) {
      throw new DirectoryNotEmptyException(from);
    }
    if (old.isReadOnly()) {
      throw new FileSystemException(from, to, "cannot be moved out of a past state");
    }
    boolean done =
        old.backing()
            .read(
                state ->
                    target
                        .getFileSystem()
                        .backing()
                        .change(root -> copy(state.root(), root, false, true)));
    forget(done);
    old.provider().delete(source);
  }
}
