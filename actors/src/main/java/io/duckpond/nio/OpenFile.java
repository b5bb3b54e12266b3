package io.duckpond.nio;

import io.duckpond.ConflictException;
import io.duckpond.WorkingDirectory;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * A file that a channel writes: where it stands meanwhile, and how what was written becomes its
 * next version. A file that is being made is not there yet; whoever looks at its name through this
 * file system finds it, because it is made then, empty. Any thread.
 */
final class OpenFile {
  private final PondFileSystem fileSystem;
  private final OpenMode mode;
  private String path;
  private Optional<NodeId> node;
  private long version;

  /** What an appending channel has found or made durable; what it appends begins there. */
  private long base;

  /** Whether somebody has set the file's time since the last write by this channel. */
  private boolean timed;

  private boolean removed;

  private OpenFile(
      PondFileSystem fileSystem, OpenMode mode, String path, Optional<Entry.File> entry) {
    this.fileSystem = fileSystem;
    this.mode = mode;
    this.path = path;
    this.node = entry.map(Entry.File::child);
    this.version = entry.map(Entry.File::version).orElse(0L);
    this.base = entry.map(Entry.File::size).orElse(0L);
  }

  /** A file that is there, at a path free of links. */
  static OpenFile existing(
      PondFileSystem fileSystem, OpenMode mode, String path, Entry.File entry) {
    return new OpenFile(fileSystem, mode, path, Optional.of(entry));
  }

  /** A file that is to be made. */
  static OpenFile newborn(PondFileSystem fileSystem, OpenMode mode, String path) {
    return new OpenFile(fileSystem, mode, path, Optional.empty());
  }

  boolean isOf(PondFileSystem one) {
    return fileSystem == one;
  }

  synchronized String path() {
    return path;
  }

  synchronized boolean isNewborn() {
    return node.isEmpty() && !removed;
  }

  /** Returns the node, which is made for that if need be. */
  synchronized NodeId node() throws IOException {
    make();
    return node.orElseThrow(() -> new NoSuchFileException(path));
  }

  /** Makes the file if it is not there yet, without a byte. */
  synchronized void make() throws IOException {
    if (isNewborn()) {
      became(fileSystem.backing().change(root -> create(root, InputStream.nullInputStream())));
    }
  }

  /** Makes {@code content} the next version, or the first. */
  synchronized void commit(EditedContent content) throws IOException {
    if (removed) {
      return; // as on other file systems: nobody can ever look at it
    }
    became(
        fileSystem
            .backing()
            .change(
                root ->
                    node.isEmpty()
                        ? create(root, content.stream(0))
                        : replace(root, content, node.get())));
  }

  private void became(Entry.File entry) {
    node = Optional.of(entry.child());
    version = entry.version();
    base = entry.size();
  }

  private Entry.File create(WorkingDirectory root, InputStream bytes) throws IOException {
    if (mode.createsNew() && !(root.lookupNoFollow(path) instanceof Resolution.Vacant)) {
      throw new FileAlreadyExistsException(path);
    }
    Entry.File created = root.write(path, bytes);
    if (mode.permissions().isEmpty()) {
      return created;
    }
    var wanted = mode.attributes(created.attributes().modifiedNanos()).orElseThrow();
    root.setAttributes(path, wanted);
    return (Entry.File) created.withAttributes(wanted);
  }

  private Entry.File replace(WorkingDirectory root, EditedContent content, NodeId wanted)
      throws IOException {
    Entry.File there = there(root, wanted);
    boolean sinceChanged = there.version() != version;
    if (sinceChanged && mode.appends()) {
      return root.write(path, new SequenceInputStream(root.read(path), content.stream(base)));
    }
    if (sinceChanged && !mode.truncates()) {
      throw new ConflictException(path, "somebody else has written it while it was open");
    }
    Entry.File written = root.write(path, content.stream(0));
    if (!timed) {
      return written;
    }
    long time = there.attributes().modifiedNanos();
    Attributes kept = new Attributes(written.attributes().mode(), time);
    root.setAttributes(path, kept);
    return (Entry.File) written.withAttributes(kept);
  }

  private Entry.File there(WorkingDirectory root, NodeId wanted) throws IOException {
    if (root.lookupNoFollow(path) instanceof Resolution.Found found
        && found.entry() instanceof Entry.File file
        && file.child().equals(wanted)) {
      return file;
    }
    throw new NoSuchFileException(
        path, null, "somebody else has moved or removed it while it was open for writing");
  }

  /** Removes the file, if it is still there and the same. */
  synchronized void remove() throws IOException {
    if (!removed && node.isPresent()) {
      NodeId wanted = node.get();
      boolean unused =
          fileSystem
              .backing()
              .change(
                  root -> {
                    boolean same =
                        root.lookupNoFollow(path) instanceof Resolution.Found found
                            && found.entry().child().equals(wanted);
                    if (same) {
                      root.remove(path);
                    }
                    return same;
                  });
    }
    removed = true;
  }

  /** Notes that the time of what stands at a path was set: closing the file does not change it. */
  synchronized void wasTimed(String at) {
    timed |= path.equals(at);
  }

  /** Notes that there is more to write, which is newer than any time that was set. */
  synchronized void wasWritten() {
    timed = false;
  }

  synchronized void wasRemoved() {
    removed = true;
  }

  /** Notes that what stood at {@code from} stands at {@code to} now. */
  synchronized void wasMoved(String from, String to) {
    if (path.equals(from) || path.startsWith(from + "/")) {
      path = to + path.substring(from.length());
    }
  }
}
