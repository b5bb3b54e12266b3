package io.duckpond.nio;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The paths in a directory as it was when the stream was opened, in name order. */
final class NodeStream implements DirectoryStream<Path> {
  private final List<Path> paths;
  private final Filter<? super Path> filter;
  private boolean iterated;
  private volatile boolean closed;

  NodeStream(List<Path> paths, Filter<? super Path> filter) {
    this.paths = paths;
    this.filter = filter;
  }

  @Override
  public synchronized Iterator<Path> iterator() {
    if (closed) {
      throw new IllegalStateException("the directory stream is closed");
    }
    if (iterated) {
      throw new IllegalStateException("the directory stream has been iterated over");
    }
    iterated = true;
    return new Entries();
  }

  /** What is left; nothing once the stream is closed, but for the one that was looked at. */
  private final class Entries implements Iterator<Path> {
    private final Iterator<Path> all = paths.iterator();
    private Optional<Path> ahead = Optional.empty();

    @Override
    public boolean hasNext() {
      while (ahead.isEmpty() && !closed && all.hasNext()) {
        Path path = all.next();
        if (accepts(path)) {
          ahead = Optional.of(path);
        }
      }
      return ahead.isPresent();
    }

    private boolean accepts(Path path) {
      try {
        return filter.accept(path);
      } catch (IOException e) {
        throw new DirectoryIteratorException(e);
      }
    }

    @Override
    public Path next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Path path = ahead.orElseThrow();
      ahead = Optional.empty();
      return path;
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
