package io.duckpond.nio;

import io.duckpond.node.NodeId;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Locks on regions of files, by node. They hold among those who use one file system in this
 * process; other processes cannot change the pond while this one does, and do not see them.
 */
final class FileLocks {
  private final Map<NodeId, List<FileLock>> held = new ConcurrentHashMap<>();

  /** A lock of a channel. */
  private final class Lock extends FileLock {
    private final NodeId node;
    private volatile boolean valid = true;

    Lock(FileChannel channel, NodeId node, long position, long size, boolean shared) {
      super(channel, position, size, shared);
      this.node = node;
    }

    @Override
    public boolean isValid() {
      return valid && acquiredBy().isOpen();
    }

    @Override
    public void release() throws IOException {
      if (!acquiredBy().isOpen()) {
        throw new ClosedChannelException();
      }
      valid = false;
      held.computeIfPresent(node, (same, locks) -> without(locks, this));
    }
  }

  private static @Nullable List<FileLock> without(List<FileLock> locks, FileLock lock) {
    List<FileLock> left = locks.stream().filter(other -> other != lock).toList();
    return left.isEmpty() ? null : left;
  }

  /** Takes a lock, or throws {@link OverlappingFileLockException}, as the JDK within one JVM. */
  FileLock take(FileChannel channel, NodeId node, long position, long size, boolean shared) {
    Lock lock = new Lock(channel, node, position, size, shared);
    held.compute(
        node,
        (same, locks) -> {
          List<FileLock> all = locks == null ? new ArrayList<>() : new ArrayList<>(locks);
          if (all.stream().anyMatch(other -> other.overlaps(position, size))) {
            throw new OverlappingFileLockException();
          }
          all.add(lock);
          return all;
        });
    return lock;
  }

  /** Drops all locks of a channel, which is being closed. */
  void dropAll(FileChannel channel) {
    for (NodeId node : held.keySet()) {
      held.computeIfPresent(
          node,
          (same, locks) -> {
            List<FileLock> left =
                locks.stream().filter(lock -> lock.acquiredBy() != channel).toList();
            return left.isEmpty() ? null : left;
          });
    }
  }
}
