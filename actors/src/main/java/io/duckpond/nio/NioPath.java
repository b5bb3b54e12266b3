package io.duckpond.nio;

import io.duckpond.path.EntryName;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of a pond's file system, with the algebra of the JDK's Unix paths: names between slashes,
 * "." and ".." kept, case and form of Unicode as they are. Relative ones start at the root. Whether
 * a name is one that a pond may hold shows only when it is used.
 */
final class NioPath implements Path {
  private final PondFileSystem fileSystem;
  private final boolean absolute;

  /** One empty name in the empty path, none in the root. */
  private final List<String> names;

  private final String text;

  private NioPath(PondFileSystem fileSystem, boolean absolute, List<String> names) {
    this.fileSystem = fileSystem;
    this.absolute = absolute;
    this.names = absolute || !names.isEmpty() ? List.copyOf(names) : List.of("");
    this.text = (absolute ? "/" : "") + String.join("/", this.names);
  }

  /** Reads a path; throws {@link InvalidPathException} of a NUL or of what is no Unicode text. */
  static NioPath parse(PondFileSystem fileSystem, String text) {
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new InvalidPathException(text, "NUL in a path", nul);
    }
    if (text.chars().anyMatch(unit -> Character.isSurrogate((char) unit))
        && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidPathException(text, "not Unicode text");
    }
    List<String> names = Arrays.stream(text.split("/")).filter(name -> !name.isEmpty()).toList();
    return new NioPath(fileSystem, text.startsWith("/"), names);
  }

  /** Returns a path as one of ours, or throws {@link ProviderMismatchException}. */
  static NioPath of(Path path) {
    if (path instanceof NioPath ours) {
      return ours;
    }
    throw new ProviderMismatchException("not a path of a pond: " + path);
  }

  private NioPath relative(List<String> some) {
    return new NioPath(fileSystem, false, some);
  }

  private boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public PondFileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public @Nullable NioPath getRoot() {
    return absolute ? fileSystem.root() : null;
  }

  @Override
  public @Nullable NioPath getFileName() {
    return names.isEmpty() ? null : relative(names.subList(names.size() - 1, names.size()));
  }

  @Override
  public @Nullable NioPath getParent() {
    if (names.isEmpty() || !absolute && names.size() == 1) {
      return null;
    }
    return new NioPath(fileSystem, absolute, names.subList(0, names.size() - 1));
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public NioPath getName(int index) {
    return subpath(index, index + 1);
  }

  @Override
  public NioPath subpath(int from, int to) {
    if (from < 0 || to <= from || to > names.size()) {
      throw new IllegalArgumentException(
          "names " + from + " to " + to + " of " + names.size() + ": " + text);
    }
    return relative(names.subList(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof NioPath start
        && start.fileSystem == fileSystem
        && start.absolute == absolute
        && start.names.size() <= names.size()
        && names.subList(0, start.names.size()).equals(start.names);
  }

  @Override
  public boolean endsWith(Path other) {
    if (!(other instanceof NioPath end) || end.fileSystem != fileSystem) {
      return false;
    }
    int from = names.size() - end.names.size();
    return end.absolute || from < 0
        ? equals(end)
        : names.subList(from, names.size()).equals(end.names);
  }

  @Override
  public NioPath normalize() {
    List<String> kept = new ArrayList<>();
    for (String name : names) {
      int last = kept.size() - 1;
      if (!name.equals("..")) {
        if (!name.equals(".")) {
          kept.add(name);
        }
      } else if (last >= 0 && !kept.get(last).equals("..")) {
        kept.remove(last);
      } else if (!absolute) {
        kept.add(name);
      }
    }
    return new NioPath(fileSystem, absolute, kept);
  }

  @Override
  public NioPath resolve(Path other) {
    NioPath more = of(other);
    if (more.absolute || isEmpty()) {
      return more;
    }
    if (more.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(names);
    all.addAll(more.names);
    return new NioPath(fileSystem, absolute, all);
  }

  @Override
  public NioPath relativize(Path other) {
    NioPath goal = of(other);
    if (goal.absolute != absolute) {
      throw new IllegalArgumentException("one is absolute, one not: " + this + ", " + other);
    }
    if (goal.equals(this)) {
      return relative(List.of());
    }
    if (isEmpty()) {
      return goal;
    }
    List<String> from = plainNames();
    List<String> to = goal.plainNames();
    int common = 0;
    while (common < Math.min(from.size(), to.size()) && from.get(common).equals(to.get(common))) {
      common++;
    }
    List<String> up = from.subList(common, from.size());
    if (up.contains("..")) {
      throw new IllegalArgumentException("no way from " + this + " to " + other);
    }
    List<String> way = new ArrayList<>();
    up.forEach(name -> way.add(".."));
    way.addAll(to.subList(common, to.size()));
    return relative(way);
  }

  /** The names of this path, normalized; the empty path has none. */
  private List<String> plainNames() {
    NioPath normalized = normalize();
    return normalized.isEmpty() ? List.of() : normalized.names;
  }

  @Override
  public URI toUri() {
    return fileSystem.uri(toAbsolutePath().toString());
  }

  @Override
  public NioPath toAbsolutePath() {
    return absolute ? this : new NioPath(fileSystem, true, isEmpty() ? List.<String>of() : names);
  }

  @Override
  public NioPath toRealPath(LinkOption... options) throws IOException {
    return fileSystem.realPath(this, options);
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("a pond has no watch service");
  }

  @Override
  public Iterator<Path> iterator() {
    return names.stream().<Path>map(name -> relative(List.of(name))).iterator();
  }

  /** Compares as the bytes of the texts in UTF-8 do. */
  @Override
  public int compareTo(Path other) {
    return EntryName.compareCodePoints(text, ((NioPath) other).text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NioPath path && path.fileSystem == fileSystem && path.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
