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
    try (InputStream in = opened(reads, entry)) { // it may be found by way of what is replaced
      String goal = cleared(writes);
      Entry made = make(writes, goal, entry, in);
      if (attributes) {
        writes.setAttributes(goal, entry.attributes());
      } else if (!(entry instanceof Entry.Symlink)) {
        long now = made.attributes().modifiedNanos();
        writes.setAttributes(goal, new Attributes(entry.attributes().mode(), now));
      }
    }
    return true;
  }

  private InputStream opened(WorkingDirectory reads, Entry entry) throws IOException {
    return entry instanceof Entry.Symlink || NodeAttributes.isDirectory(entry)
        ? InputStream.nullInputStream()
        : reads.read(from);
  }

  private static Entry make(WorkingDirectory writes, String goal, Entry like, InputStream bytes)
      throws IOException {
    if (like instanceof Entry.Symlink link) {
      return writes.createSymlink(goal, link.target());
    }
    return NodeAttributes.isDirectory(like)
        ? writes.createDirectory(goal)
        : writes.createFile(goal, bytes);
  }

  private boolean isSame(WorkingDirectory root, Entry entry) throws IOException {
    return root.lookupNoFollow(to) instanceof Resolution.Found there
        && there.entry().child().equals(entry.child());
  }

  /**
   * Makes room at the target, if what is there may go; returns its path without links, as the way
   * to it may have led through what is gone.
   */
  private String cleared(WorkingDirectory root) throws IOException {
    PondFileSystem.demandName(root, to);
    Resolution goal = root.lookupNoFollow(to);
    if (!(goal instanceof Resolution.Found there)) {
      return goal instanceof Resolution.Vacant vacant ? vacant.path() : to;
    }
    if (!replaces()) {
      throw new FileAlreadyExistsException(to);
    }
    root.remove(to);
    return there.path();
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
    String place = demandMovable(root);
    String goal = cleared(root);
    root.rename(place, goal);
    return Optional.of(goal);
  }

  /** Refuses what cannot be moved, before room is made for it; returns its path without links. */
  private String demandMovable(WorkingDirectory root) throws IOException {
    Resolution.Found own = (Resolution.Found) root.lookupNoFollow(from);
    Resolution goal = root.lookupNoFollow(to);
    boolean inItself =
        goal instanceof Resolution.Found there && isBelow(there.path(), own.path())
            || goal instanceof Resolution.Vacant vacant && isBelow(vacant.path(), own.path());
    if (goal instanceof Resolution.Blocked) {
      throw new IllegalStateException("found after all: " + root.metadataNoFollow(to));
    }
    if (own.name().isEmpty()) {
      throw new FileSystemException(from, null, "is the root");
    }
    if (inItself) {
      throw new FileSystemException(from, to, "a directory cannot be moved into itself");
    }
    return own.path();
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
