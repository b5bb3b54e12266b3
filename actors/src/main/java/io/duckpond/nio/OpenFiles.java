package io.duckpond.nio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The channels that write to a file system, and which of their files are not there yet. */
final class OpenFiles {
  private final Map<FileChannel, OpenFile> open = new ConcurrentHashMap<>();

  void add(FileChannel channel, OpenFile file) {
    open.put(channel, file);
  }

  /** Adds a file that is to be made, unless another channel is making it. */
  synchronized boolean addNewborn(FileChannel channel, OpenFile file) {
    boolean taken =
        open.values().stream()
            .anyMatch(other -> other.isNewborn() && other.path().equals(file.path()));
    if (!taken) {
      open.put(channel, file);
    }
    return !taken;
  }

  void remove(FileChannel channel) {
    open.remove(channel);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Returns the channels of one of the file systems. */
  List<FileChannel> channels(PondFileSystem fileSystem) {
    return open.entrySet().stream()
        .filter(channel -> channel.getValue().isOf(fileSystem))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Makes the file that is to be at a path. */
  void make(String path) throws IOException {
    make((String other) -> other.equals(path));
  }

  /** Makes the files that are to be anywhere below a directory. */
  void makeBelow(String directory) throws IOException {
    String prefix = directory.equals("/") ? directory : directory + "/";
    make((String other) -> other.startsWith(prefix));
  }

  private void make(Predicate<String> which) throws IOException {
    for (OpenFile file : open.values()) {
      if (file.isNewborn() && which.test(file.path())) {
        file.make();
      }
    }
  }

  void wereRemoved(String path) {
    for (OpenFile file : open.values()) {
      if (file.path().equals(path)) {
        file.wasRemoved();
      }
    }
  }

  void wereTimed(String path) {
    open.values().forEach(file -> file.wasTimed(path));
  }

  void wereMoved(String from, String to) {
    open.values().forEach(file -> file.wasMoved(from, to));
  }
}
