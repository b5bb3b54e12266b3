package io.duckpond.simulation;

import org.apache.pekko.util.ByteString;

/** What a name stands for in the model; equal if nothing of it has changed. */
sealed interface ModelEntry {
  /** Returns what tells it from all others, under whatever name. */
  long node();

  /** Returns when it was modified, nanoseconds since the epoch. */
  long modified();

  /** Returns the same, modified at another time. */
  ModelEntry modifiedAt(long nanos);

  /** A directory, whose names the tree has. */
  record Directory(long node, long modified) implements ModelEntry {
    @Override
    public ModelEntry modifiedAt(long nanos) {
      return new Directory(node, nanos);
    }
  }

  /**
   * A file.
   *
   * @param writer the transaction that wrote the version
   */
  record File(long node, long modified, long version, long writer, ByteString bytes)
      implements ModelEntry {
    @Override
    public ModelEntry modifiedAt(long nanos) {
      return new File(node, nanos, version, writer, bytes);
    }

    @Override
    public String toString() {
      return "File[node=" + node + ", version=" + version + ", bytes=" + bytes.size() + "]";
    }
  }

  /** A symbolic link. */
  record Link(long node, long modified, String target) implements ModelEntry {
    @Override
    public ModelEntry modifiedAt(long nanos) {
      return new Link(node, nanos, target);
    }
  }
}
