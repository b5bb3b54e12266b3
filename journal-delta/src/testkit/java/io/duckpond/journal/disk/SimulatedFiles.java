package io.duckpond.journal.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The files of a simulated disk: for each what a running system sees, and what would be left of it
 * without power. Not safe for several threads; its users hold a lock on it.
 */
final class SimulatedFiles {
  /** A file, a directory or a link, whatever names it has. */
  abstract static class Inode {
    final long number;
    int mode;
    long modifiedNanos;
    int durableMode;
    long durableModifiedNanos;

    Inode(long number, int mode, long now) {
      this.number = number;
      this.mode = mode;
      this.modifiedNanos = now;
      this.durableMode = mode;
      this.durableModifiedNanos = now;
    }

    void syncAttributes() {
      durableMode = mode;
      durableModifiedNanos = modifiedNanos;
    }

    abstract DiskEntry.Kind kind();

    abstract long size();
  }

  /** Bytes that only ever grow at the end; the first {@link #durable} of them are synced. */
  static final class FileNode extends Inode {
    private byte[] bytes;
    private int size;
    private int durable;

    FileNode(long number, long now) {
      this(number, now, new byte[0], 0, 0);
    }

    /** Shares {@code bytes}, of which the first {@code size} never change. */
    FileNode(long number, long now, byte[] bytes, int size, int durable) {
      super(number, 0600, now);
      this.bytes = bytes;
      this.size = size;
      this.durable = durable;
    }

    void append(byte[] from, int offset, int length) {
      if (size + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(size + length, Math.min(2 * size, 1 << 30)));
      }
      System.arraycopy(from, offset, bytes, size, length);
      size += length;
    }

    void sync() {
      durable = size;
      syncAttributes();
    }

    byte[] bytes() {
      return bytes;
    }

    int durable() {
      return durable;
    }

    @Override
    long size() {
      return size;
    }

    @Override
    DiskEntry.Kind kind() {
      return DiskEntry.Kind.FILE;
    }
  }

  /** A symbolic link; it is whole if its name is there. */
  static final class LinkNode extends Inode {
    final String target;
    private final long size;

    LinkNode(long number, long now, String target, long size) {
      super(number, 0777, now);
      this.target = target;
      this.size = size;
    }

    @Override
    long size() {
      return size;
    }

    @Override
    DiskEntry.Kind kind() {
      return DiskEntry.Kind.SYMLINK;
    }
  }

  /** Names: those seen, those durable, and the changes that lead from these to those, in order. */
  static final class DirectoryNode extends Inode {
    private static final long SIZE = 4096;

    final Map<String, Inode> names = new TreeMap<>();
    final Map<String, Inode> durable = new TreeMap<>();
    final List<NameChange> unsynced = new ArrayList<>();
    DirectoryNode parent;

    DirectoryNode(long number, long now, Optional<DirectoryNode> parent) {
      super(number, 0700, now);
      this.parent = parent.orElse(this);
    }

    /** Gives {@code name} to an inode, or to nothing. */
    NameChange change(
        String name, Optional<Inode> inode, Optional<NameChange> onlyAfter, long now) {
      NameChange change = new NameChange(name, inode, onlyAfter);
      change.applyTo(names);
      unsynced.add(change);
      modifiedNanos = now;
      return change;
    }

    void sync() {
      List<NameChange> waiting = new ArrayList<>();
      for (NameChange change : unsynced) {
        boolean blocked =
            change.onlyAfter.filter(put -> !put.durable).isPresent()
                || waiting.stream().anyMatch(earlier -> earlier.name.equals(change.name));
        if (blocked) {
          waiting.add(change);
        } else {
          change.applyTo(durable);
          change.durable = true;
        }
      }
      unsynced.clear();
      unsynced.addAll(waiting);
      syncAttributes();
    }

    @Override
    long size() {
      return SIZE;
    }

    @Override
    DiskEntry.Kind kind() {
      return DiskEntry.Kind.DIRECTORY;
    }
  }

  /** One name that came to be, changed its meaning or went. */
  static final class NameChange {
    final String name;
    final Optional<Inode> inode;

    /** A rename takes the old name away only once the new one is durable: no file is lost. */
    final Optional<NameChange> onlyAfter;

    boolean durable;

    NameChange(String name, Optional<Inode> inode, Optional<NameChange> onlyAfter) {
      this.name = name;
      this.inode = inode;
      this.onlyAfter = onlyAfter;
    }

    void applyTo(Map<String, Inode> names) {
      if (inode.isPresent()) {
        names.put(name, inode.get());
      } else {
        names.remove(name);
      }
    }
  }

  final DirectoryNode root;
  private long inodes;

  SimulatedFiles(long now) {
    this.root = new DirectoryNode(0, now, Optional.empty());
  }

  private SimulatedFiles(DirectoryNode root, long inodes) {
    this.root = root;
    this.inodes = inodes;
  }

  long nextInode() {
    return ++inodes;
  }

  /** Returns an independent copy of everything, what is not durable included. */
  SimulatedFiles copy() {
    return new SimulatedFiles(new Copy().directory(root, Optional.empty()), inodes);
  }

  /** Returns what is left when the power goes. */
  SimulatedFiles survivors(PowerCut cut) {
    return new SimulatedFiles(new Survival(cut).directory(root, Optional.empty()), inodes);
  }

  /** Copies each inode once. */
  private static class Copy {
    final Map<Inode, Inode> copies = new IdentityHashMap<>();
    private final Map<NameChange, NameChange> changes = new IdentityHashMap<>();

    Inode inode(Inode of, DirectoryNode parent) {
      Inode known = copies.get(of);
      if (known != null) {
        return known;
      }
      if (of instanceof DirectoryNode directory) {
        return directory(directory, Optional.of(parent));
      }
      Inode copy =
          of instanceof FileNode file
              ? file(file)
              : new LinkNode(of.number, 0, ((LinkNode) of).target, of.size());
      attributes(of, copy);
      copies.put(of, copy);
      return copy;
    }

    FileNode file(FileNode of) {
      return new FileNode(of.number, 0, of.bytes, of.size, of.durable);
    }

    void attributes(Inode of, Inode copy) {
      copy.mode = of.mode;
      copy.modifiedNanos = of.modifiedNanos;
      copy.durableMode = of.durableMode;
      copy.durableModifiedNanos = of.durableModifiedNanos;
    }

    DirectoryNode directory(DirectoryNode of, Optional<DirectoryNode> parent) {
      DirectoryNode copy = new DirectoryNode(of.number, 0, parent);
      copies.put(of, copy);
      attributes(of, copy);
      of.names.forEach((name, inode) -> copy.names.put(name, inode(inode, copy)));
      of.durable.forEach((name, inode) -> copy.durable.put(name, inode(inode, copy)));
      for (NameChange change : of.unsynced) {
        copy.unsynced.add(change(change, copy));
      }
      return copy;
    }

    private NameChange change(NameChange of, DirectoryNode parent) {
      NameChange known = changes.get(of);
      if (known != null) {
        return known;
      }
      NameChange copy =
          new NameChange(
              of.name,
              of.inode.map(inode -> inode(inode, parent)),
              of.onlyAfter.map(put -> change(put, parent)));
      copy.durable = of.durable;
      changes.put(of, copy);
      return copy;
    }
  }

  /** Copies what survives, as durable. */
  private static final class Survival extends Copy {
    private final PowerCut cut;
    private final Map<NameChange, Boolean> kept = new IdentityHashMap<>();

    Survival(PowerCut cut) {
      this.cut = cut;
    }

    @Override
    FileNode file(FileNode of) {
      byte[] left = cut.bytes(of.bytes, of.durable, of.size);
      return new FileNode(of.number, 0, left, Math.min(left.length, of.size), left.length);
    }

    @Override
    void attributes(Inode of, Inode copy) {
      boolean newest = cut.keeps();
      copy.mode = newest ? of.mode : of.durableMode;
      copy.modifiedNanos = newest ? of.modifiedNanos : of.durableModifiedNanos;
      copy.syncAttributes();
    }

    @Override
    DirectoryNode directory(DirectoryNode of, Optional<DirectoryNode> parent) {
      DirectoryNode copy = new DirectoryNode(of.number, 0, parent);
      copies.put(of, copy);
      attributes(of, copy);
      Map<String, Inode> left = new TreeMap<>(of.durable);
      Predicate<NameChange> keeps = this::keeps;
      of.unsynced.stream().filter(keeps).forEach(change -> change.applyTo(left));
      left.forEach((name, inode) -> copy.names.put(name, inode(inode, copy)));
      copy.durable.putAll(copy.names);
      return copy;
    }

    private boolean keeps(NameChange change) {
      Boolean known = kept.get(change);
      if (known == null) {
        known = cut.keeps() && change.onlyAfter.map(put -> put.durable || keeps(put)).orElse(true);
        kept.put(change, known);
      }
      return known;
    }
  }
}
