package io.duckpond.nio;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** An entry of a state, as the JDK wants to see it. */
record NodeAttributes(Entry entry, long txnSeq) implements PondFileAttributes {
  private static final int MILLIS_SHIFT = 16;

  @Override
  public FileTime lastModifiedTime() {
    return time(entry.attributes().modifiedNanos());
  }

  @Override
  public FileTime lastAccessTime() {
    return lastModifiedTime();
  }

  /** The root's id is the same in every pond and says nothing of when it was made. */
  @Override
  public FileTime creationTime() {
    NodeId node = entry.child();
    return node.equals(NodeId.ROOT)
        ? lastModifiedTime()
        : FileTime.fromMillis(node.high() >>> MILLIS_SHIFT);
  }

  @Override
  public boolean isRegularFile() {
    return !isDirectory() && !isSymbolicLink();
  }

  @Override
  public boolean isDirectory() {
    return isDirectory(entry);
  }

  static boolean isDirectory(Entry entry) {
    return entry.type() == NodeType.DIRECTORY || entry.type() == NodeType.DYNAMIC_DIRECTORY;
  }

  @Override
  public boolean isSymbolicLink() {
    return type() == NodeType.SYMLINK;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public long size() {
    if (entry instanceof Entry.File file) {
      return file.size();
    }
    if (entry instanceof Entry.Computed computed) {
      return computed.size().orElse(0);
    }
    return entry instanceof Entry.Symlink link
        ? link.target().getBytes(StandardCharsets.UTF_8).length
        : 0;
  }

  @Override
  public Object fileKey() {
    return entry.child();
  }

  @Override
  public UserPrincipal owner() {
    return Principals.OWNER;
  }

  @Override
  public GroupPrincipal group() {
    return Principals.GROUP;
  }

  @Override
  public Set<PosixFilePermission> permissions() {
    return permissions(entry.attributes().mode());
  }

  @Override
  public long version() {
    return entry.version();
  }

  @Override
  public NodeId nodeId() {
    return entry.child();
  }

  @Override
  public NodeType type() {
    return entry.type();
  }

  @Override
  public Optional<String> sha256() {
    return entry instanceof Entry.File file ? Optional.of(file.sha256().hex()) : Optional.empty();
  }

  /** Returns the permissions of a mode; the enumeration's order is that of the bits, from 0400. */
  static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      if ((mode & bit(permission)) != 0) {
        permissions.add(permission);
      }
    }
    return permissions;
  }

  static int mode(Set<PosixFilePermission> permissions) {
    return permissions.stream().mapToInt(NodeAttributes::bit).sum();
  }

  private static int bit(PosixFilePermission permission) {
    return 0400 >>> permission.ordinal();
  }

  static FileTime time(long nanos) {
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, TimeUnit.SECONDS.toNanos(1)),
            Math.floorMod(nanos, TimeUnit.SECONDS.toNanos(1)));
    return FileTime.from(instant);
  }

  /** Returns nanoseconds since the epoch; times beyond the years 1677 and 2262 are cut there. */
  static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }
}
