package io.duckpond.nio.agreement;

import io.duckpond.nio.agreement.Step.Call;
import io.duckpond.nio.agreement.Step.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;

/** What pond refuses by design and jimfs would do, in the order in which pond looks at it. */
final class JimfsDemands {
  private final FileSystem jimfs;

  JimfsDemands(FileSystem jimfs) {
    this.jimfs = jimfs;
  }

  /** Returns a path. Half a surrogate pair is no text that could be stored. */
  Path path(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidPathException(text, "no Unicode text");
    }
    return jimfs.getPath(text);
  }

  /** Refuses a call as pond does; what jimfs refuses likewise it may let pass. */
  void demand(Call call) throws IOException {
    Path at = path(call.path());
    switch (call.verb()) {
      case KIND, IS_HIDDEN -> {}
      case COPY, MOVE -> demandBoth(call, at, path(call.other()));
      case IS_SAME_FILE, MISMATCH -> demandThere(call, at, path(call.other()));
      default -> {
        demandSense(call);
        where(call.path(), follows(call)).demandPossible();
      }
    }
  }

  /** What needs no look at where the path leads. */
  private void demandSense(Call call) throws IOException {
    switch (call.verb()) {
      case GET_ATTRIBUTE -> demandKnown(call.other());
      case GLOB -> {
        PathMatcher unused = jimfs.getPathMatcher("glob:" + call.other());
      }
      case CREATE_SYMBOLIC_LINK -> {
        Path target = path(call.other());
        demandName(call.path());
        demandTarget(target);
      }
      case WRITE_STRING, BYTE_CHANNEL, FILE_CHANNEL -> demandAllowed(call);
      default -> {}
    }
  }

  /** Returns where a path leads. */
  Whereabouts where(String path, boolean follow) throws IOException {
    return Whereabouts.of(jimfs, path, follow);
  }

  /** Returns whether a call is about what a link at the end of its path leads to. */
  static boolean follows(Call call) {
    return switch (call.verb()) {
      case READ_STRING, LINES, SIZE, LIST, GLOB, GET_ATTRIBUTE -> true;
      case COPY, SET_TIMES, SET_PERMISSIONS, TO_REAL_PATH, READ_ATTRIBUTES ->
          !call.has(LinkOption.NOFOLLOW_LINKS);
      case WRITE_STRING, BYTE_CHANNEL, FILE_CHANNEL ->
          !call.has(LinkOption.NOFOLLOW_LINKS)
              && !call.has(StandardOpenOption.DELETE_ON_CLOSE)
              && !(call.has(StandardOpenOption.CREATE_NEW) && writes(call));
      default -> false;
    };
  }

  /** Returns whether an opening is one to write. */
  static boolean writes(Call call) {
    return call.has(StandardOpenOption.WRITE)
        || call.has(StandardOpenOption.APPEND)
        || call.verb() == Verb.WRITE_STRING;
  }

  private void demandBoth(Call call, Path at, Path to) throws IOException {
    where(call.path(), follows(call)).demandPossible();
    Whereabouts target = where(to.toString(), false);
    if (target.isRefusedByDesign()) {
      demandThere(at, follows(call));
      target.demandPossible();
    }
  }

  /** Whether two files are the same cannot be said if one is not there. */
  private void demandThere(Call call, Path at, Path other) throws IOException {
    if (!at.equals(other)) {
      where(call.path(), true).demandPossible();
      demandThere(at, true);
      where(call.other(), true).demandPossible();
      demandThere(other, true);
    }
  }

  private static void demandThere(Path path, boolean follow) throws IOException {
    FileTime unused =
        follow
            ? Files.getLastModifiedTime(path)
            : Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** What could be made but for a dot at its end is refused for that first. */
  private void demandName(String path) throws IOException {
    String named = path.replaceFirst("(/+\\.)+$", "");
    if (!named.equals(path) && where(named, true).kind() == Whereabouts.Kind.VACANT) {
      throw new NoSuchFileException(path);
    }
  }

  /** As on Unix; jimfs takes an empty target for ".", and any length. */
  private static void demandTarget(Path target) throws IOException {
    if (target.toString().isEmpty() || Whereabouts.isPathTooLong(target.toString())) {
      throw new FileSystemException(target.toString(), null, "no target");
    }
  }

  /** As the JDK's own file systems say it. */
  private static void demandAllowed(Call call) {
    if (call.has(StandardOpenOption.READ) && call.verb() == Step.Verb.WRITE_STRING
        || call.has(StandardOpenOption.APPEND)
            && (call.has(StandardOpenOption.READ)
                || call.has(StandardOpenOption.TRUNCATE_EXISTING))) {
      throw new IllegalArgumentException("options " + call.options());
    }
  }

  /** Attributes that nobody knows are refused before the file is looked for. */
  private void demandKnown(String attribute) throws IOException {
    if (attribute.startsWith("nowhere:")) {
      throw new UnsupportedOperationException(attribute);
    }
    Object unused = Files.getAttribute(jimfs.getPath("/"), attribute);
  }
}
