package io.duckpond;

import io.duckpond.dynamic.Definition;
import io.duckpond.glob.GlobMatch;
import io.duckpond.glob.GlobOptions;
import io.duckpond.glob.GlobVisitor;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import io.duckpond.path.Resolution;
import io.duckpond.transaction.Standpoint;
import io.duckpond.transaction.TreeWorkingDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A working directory that decides anew for every call in which tree it is made. It is known by its
 * path, as {@link TreeWorkingDirectory} is.
 */
abstract class CalledDirectory implements WorkingDirectory {
  private final Standpoint standpoint;

  CalledDirectory(Standpoint standpoint) {
    this.standpoint = standpoint;
  }

  /** A call that reads. */
  interface Read<T> {
    T in(TreeWorkingDirectory directory) throws IOException;
  }

  /** A call that changes something, or finds that it need not. */
  interface Change<T> {
    T in(WorkingDirectory directory) throws IOException;
  }

  /** A call that writes bytes of its caller's into a file. */
  interface Write {
    Entry.File in(WorkingDirectory directory, InputStream bytes) throws IOException;
  }

  abstract <T> T read(Read<T> call) throws IOException;

  abstract <T> T change(Change<T> call) throws IOException;

  abstract Entry.File write(Write call, InputStream bytes) throws IOException;

  /** Returns a directory whose calls are made as this one's are. */
  abstract WorkingDirectory at(Standpoint other);

  final Standpoint standpoint() {
    return standpoint;
  }

  @Override
  public String path() {
    return standpoint.path();
  }

  @Override
  public WorkingDirectory open(String path) throws IOException {
    return at(read(directory -> directory.open(path).standpoint()));
  }

  @Override
  public WorkingDirectory chroot() {
    return at(standpoint.chroot());
  }

  @Override
  public Resolution lookup(String path) throws IOException {
    return read(directory -> directory.lookup(path));
  }

  @Override
  public Resolution lookupNoFollow(String path) throws IOException {
    return read(directory -> directory.lookupNoFollow(path));
  }

  @Override
  public SortedMap<EntryName, Entry> list(String path) throws IOException {
    return read(directory -> directory.list(path));
  }

  @Override
  public Entry metadata(String path) throws IOException {
    return read(directory -> directory.metadata(path));
  }

  @Override
  public Entry metadataNoFollow(String path) throws IOException {
    return read(directory -> directory.metadataNoFollow(path));
  }

  @Override
  public boolean exists(String path) throws IOException {
    return read(directory -> directory.exists(path));
  }

  @Override
  public InputStream read(String path) throws IOException {
    return read(directory -> directory.read(path));
  }

  @Override
  public byte[] readBytes(String path) throws IOException {
    return read(directory -> directory.readBytes(path));
  }

  @Override
  public InputStream readRange(String path, long from, long to) throws IOException {
    return read(directory -> directory.readRange(path, from, to));
  }

  @Override
  public List<FileVersion> versions(String path) throws IOException {
    return read(directory -> directory.versions(path));
  }

  @Override
  public InputStream readVersion(String path, long version) throws IOException {
    return read(directory -> directory.readVersion(path, version));
  }

  @Override
  public String readLink(String path) throws IOException {
    return read(directory -> directory.readLink(path));
  }

  @Override
  public Map<String, Entry> walk(String path) throws IOException {
    return read(directory -> directory.walk(path));
  }

  @Override
  public void load(Collection<String> directories) throws IOException {
    read(
        directory -> {
          directory.load(directories);
          return directories;
        });
  }

  @Override
  public void loadBelow(String path) throws IOException {
    read(
        directory -> {
          directory.loadBelow(path);
          return path;
        });
  }

  @Override
  public Stream<GlobMatch> glob(String pattern, GlobOptions options) throws IOException {
    return read(directory -> directory.glob(pattern, options));
  }

  @Override
  public void visit(String pattern, GlobOptions options, GlobVisitor visitor) throws IOException {
    read(
        directory -> {
          directory.visit(pattern, options, visitor);
          return pattern;
        });
  }

  @Override
  public Entry.File createFile(String path, InputStream bytes, FileOptions options)
      throws IOException {
    return write((directory, given) -> directory.createFile(path, given, options), bytes);
  }

  @Override
  public void copy(String from, String to) throws IOException {
    change(
        directory -> {
          directory.copy(from, to);
          return to;
        });
  }

  @Override
  public void copyReplacing(String from, String to) throws IOException {
    change(
        directory -> {
          directory.copyReplacing(from, to);
          return to;
        });
  }

  @Override
  public Entry.File createFile(String path, InputStream bytes) throws IOException {
    return write((directory, in) -> directory.createFile(path, in), bytes);
  }

  @Override
  public Entry.File write(String path, InputStream bytes) throws IOException {
    return write((directory, in) -> directory.write(path, in), bytes);
  }

  @Override
  public Entry.File write(String path, InputStream bytes, Attributes attributes)
      throws IOException {
    return write((directory, in) -> directory.write(path, in, attributes), bytes);
  }

  @Override
  public Entry.File append(String path, InputStream piece) throws IOException {
    return write((directory, in) -> directory.append(path, in), piece);
  }

  @Override
  public Entry.Directory createDirectory(String path) throws IOException {
    return change(directory -> directory.createDirectory(path));
  }

  @Override
  public Entry.Directory createDirectories(String path) throws IOException {
    return change(directory -> directory.createDirectories(path));
  }

  @Override
  public Entry.Symlink createSymlink(String path, String target) throws IOException {
    return change(directory -> directory.createSymlink(path, target));
  }

  @Override
  public Entry createDynamic(String path, String factory, String config) throws IOException {
    return change(directory -> directory.createDynamic(path, factory, config));
  }

  @Override
  public Entry redefine(String path, String factory, String config) throws IOException {
    return change(directory -> directory.redefine(path, factory, config));
  }

  @Override
  public Definition definition(String path) throws IOException {
    return read(directory -> directory.definition(path));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    change(
        directory -> {
          directory.rename(from, to);
          return to;
        });
  }

  @Override
  public void renameReplacing(String from, String to) throws IOException {
    change(
        directory -> {
          directory.renameReplacing(from, to);
          return to;
        });
  }

  @Override
  public void remove(String path) throws IOException {
    change(
        directory -> {
          directory.remove(path);
          return path;
        });
  }

  @Override
  public void removeRecursively(String path) throws IOException {
    change(
        directory -> {
          directory.removeRecursively(path);
          return path;
        });
  }

  @Override
  public void setAttributes(String path, Attributes attributes) throws IOException {
    change(
        directory -> {
          directory.setAttributes(path, attributes);
          return path;
        });
  }

  @Override
  public void revert(Collection<String> paths, PondView to) throws IOException {
    change(
        directory -> {
          directory.revert(paths, to);
          return paths;
        });
  }

  @Override
  public void touch(String path) throws IOException {
    change(
        directory -> {
          directory.touch(path);
          return path;
        });
  }
}
