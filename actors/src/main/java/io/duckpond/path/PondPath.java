package io.duckpond.path;

import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as text means it: its components ("." and empty ones dropped, ".." kept), whether it
 * starts at the root and whether its end demands a directory, as a trailing slash does. At most
 * 4,096 bytes. Without components it means the root, or the directory to start from.
 */
public record PondPath(boolean absolute, List<String> components, boolean demandsDirectory) {

  /** The longest path, in bytes of UTF-8. */
  public static final int MAX_BYTES = 4096;

  /** The root. */
  public static final PondPath ROOT = new PondPath(true, List.of(), false);

  public PondPath {
    components = List.copyOf(components);
  }

  /**
   * Reads a path; throws {@link InvalidPathException} if a component is no name or the whole is too
   * long.
   */
  public static PondPath parse(String text) {
    List<String> components = new ArrayList<>();
    int start = 0;
    String last = "";
    while (start <= text.length()) {
      int slash = text.indexOf('/', start);
      int end = slash < 0 ? text.length() : slash;
      last = text.substring(start, end);
      if (!last.isEmpty() && !last.equals(".")) {
        components.add(checked(last, text, start));
      }
      start = end + 1;
    }
    int bytes = Utf8.lengthOf(text);
    if (bytes > MAX_BYTES) {
      throw new InvalidPathException(text, "path of " + bytes + " bytes, more than " + MAX_BYTES);
    }
    boolean demandsDirectory = !components.isEmpty() && (last.isEmpty() || last.equals("."));
    return new PondPath(text.startsWith("/"), components, demandsDirectory);
  }

  private static String checked(String component, String text, int index) {
    String problem = component.equals("..") ? "" : EntryName.problemOf(component);
    if (!problem.isEmpty()) {
      throw new InvalidPathException(text, "name " + problem, index);
    }
    return component;
  }

  /** Returns this path with one more component. */
  public PondPath child(EntryName name) {
    List<String> longer = new ArrayList<>(components);
    longer.add(name.value());
    return new PondPath(absolute, longer, false);
  }

  /** Returns the path as text, absolute ones with a leading slash; the root is "/". */
  @Override
  public String toString() {
    String joined = String.join("/", components);
    if (components.isEmpty()) {
      return absolute ? "/" : ".";
    }
    return (absolute ? "/" : "") + joined + (demandsDirectory ? "/" : "");
  }
}
