package io.duckpond.host;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/**
 * Where a copy into the pond goes.
 *
 * @param directory an existing directory, absolute
 * @param name what to call the one source in it; empty to put sources in under their own names
 */
record PondPlace(String directory, Optional<EntryName> name) {

  /**
   * Finds the place that {@code destination} means.
   *
   * @param wanted what is to be put there
   */
  static PondPlace of(WorkingDirectory root, String destination, Wanted wanted) throws IOException {
    Resolution at = root.lookup(withoutTrailingSlashes(destination));
    boolean demandsDirectory = destination.endsWith("/") || wanted == Wanted.SEVERAL;
    if (at instanceof Resolution.Found found) {
      if (found.entry() instanceof Entry.Directory || found.name().isEmpty()) {
        return new PondPlace(found.path(), Optional.empty());
      }
      if (demandsDirectory || wanted == Wanted.DIRECTORY) {
        throw new NotDirectoryException(destination);
      }
      return new PondPlace(parent(found.path()), found.name());
    }
    if (at instanceof Resolution.Vacant vacant) {
      if (vacant.linkTarget().isPresent()) {
        throw new NoSuchFileException(vacant.linkTarget().get());
      }
      if (wanted == Wanted.SEVERAL || (demandsDirectory && wanted != Wanted.DIRECTORY)) {
        throw new NoSuchFileException(destination, null, "must be an existing directory");
      }
      return new PondPlace(parent(vacant.path()), Optional.of(vacant.name()));
    }
    throw refusal((Resolution.Blocked) at);
  }

  /** What a destination has to take. */
  enum Wanted {
    /** A file or a link. */
    LEAF,
    DIRECTORY,
    /** More than one source. */
    SEVERAL
  }

  private static FileSystemException refusal(Resolution.Blocked blocked) {
    String subject = blocked.linkTarget().orElse(blocked.at());
    return switch (blocked.reason()) {
      case MISSING -> new NoSuchFileException(subject);
      case NOT_A_DIRECTORY -> new NotDirectoryException(blocked.at());
      case LINK_LOOP -> new FileSystemLoopException(subject);
      case ESCAPES_ROOT -> new FileSystemException(subject, null, "leads above the root");
    };
  }

  private static String withoutTrailingSlashes(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  static String child(String directory, EntryName name) {
    return directory.equals("/") ? "/" + name : directory + "/" + name;
  }
}
