package io.duckpond.nio.agreement;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.duckpond.nio.agreement.Step.Call;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** A jimfs of one script, which agrees with what pond does by design. */
final class JimfsSide implements AutoCloseable {
  private final FileSystem jimfs;
  private final JimfsCalls calls;

  /** By the directories' keys. */
  private Map<Object, FileTime> times;

  JimfsSide(Clock clock) throws IOException {
    jimfs =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder()
                .setWorkingDirectory("/")
                .setAttributeViews("posix")
                .setFileTimeSource(() -> FileTime.from(clock.instant()))
                .build());
    calls = new JimfsCalls(jimfs, () -> FileTime.from(clock.instant()));
    times = Map.of();
  }

  FileSystem fileSystem() {
    return jimfs;
  }

  /** Sets the times of directories, from which nothing else will change them, as they are. */
  void noteTimes() throws IOException {
    times = directories(Map.of());
  }

  SortedMap<String, String> picture() throws IOException {
    return TreePicture.of(jimfs);
  }

  /** Makes a call. A file in the middle of a path is no directory; jimfs has no name for that. */
  Outcome make(Call call) throws IOException {
    Outcome outcome =
        Outcome.of(
            () -> {
              try {
                return calls.make(call);
              } catch (NoSuchFileException e) {
                throw isBehindAFile(e.getFile()) ? new NotDirectoryException(e.getFile()) : e;
              }
            });
    if (call.verb().changes() && !(outcome.refused() && call.verb().isOneChange())) {
      times = directories(call.verb() == Step.Verb.SET_TIMES ? Map.of() : times);
    }
    return outcome;
  }

  private boolean isBehindAFile(String path) throws IOException {
    Whereabouts itself = Whereabouts.of(jimfs, path, false);
    Whereabouts.Kind kind =
        itself.kind() == Whereabouts.Kind.FOUND
            ? Whereabouts.of(jimfs, path, true).kind()
            : itself.kind();
    return kind == Whereabouts.Kind.BEHIND_A_FILE;
  }

  /** A directory's time does not change with its entries. */
  private Map<Object, FileTime> directories(Map<Object, FileTime> before) throws IOException {
    Map<Object, FileTime> found = new HashMap<>();
    for (Path path : all()) {
      BasicFileAttributes node =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (node.isDirectory()) {
        FileTime time = before.getOrDefault(node.fileKey(), node.lastModifiedTime());
        Files.setLastModifiedTime(path, time);
        found.put(node.fileKey(), time);
      }
    }
    return found;
  }

  private List<Path> all() throws IOException {
    try (Stream<Path> paths = Files.walk(jimfs.getPath("/"))) {
      return paths.toList();
    }
  }

  /** Where a link leads above the root, jimfs walks on and pond does not. */
  boolean walksOn(Call call) throws IOException {
    if (!call.has(FileVisitOption.FOLLOW_LINKS)) {
      return false;
    }
    for (Path path : all()) {
      if (Whereabouts.of(jimfs, path.toString(), true).kind() == Whereabouts.Kind.ABOVE_THE_ROOT) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    jimfs.close();
  }
}
