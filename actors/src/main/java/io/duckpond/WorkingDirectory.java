package io.duckpond;

import io.duckpond.dynamic.Definition;
import io.duckpond.glob.GlobMatch;
import io.duckpond.glob.GlobOptions;
import io.duckpond.glob.GlobVisitor;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A directory to work from: paths are resolved against it, "/…" against its root. Of a transaction
 * it may change things; of a view every change is refused ({@link ReadOnlyStateException}).
 * Refusals are the JDK's {@link java.nio.file.FileSystemException} family with the path in
 * question. Modification times are those of the pond's clock unless given.
 */
public interface WorkingDirectory {

  /** Returns the absolute path of this directory. */
  String path();

  /** Resolves a path; a symbolic link at its end is followed. */
  Resolution lookup(String path) throws IOException;

  /** Resolves a path; a symbolic link at its end is the result. */
  Resolution lookupNoFollow(String path) throws IOException;

  /** Returns another directory to work from, with the same root. */
  WorkingDirectory open(String path) throws IOException;

  /** Returns this directory as a root of its own, which no path and no link leads out of. */
  WorkingDirectory chroot();

  /** Returns the entries of a directory, in name order. */
  SortedMap<EntryName, Entry> list(String path) throws IOException;

  /** Returns the entry at a path, links followed. The root's is a directory with the root's id. */
  Entry metadata(String path) throws IOException;

  /** Returns the entry at a path, not following a link at its end. */
  Entry metadataNoFollow(String path) throws IOException;

  /** Returns whether something is there, links followed. */
  boolean exists(String path) throws IOException;

  /** Opens the newest version of a file. */
  InputStream read(String path) throws IOException;

  /** Returns the bytes of a file of at most 2 GiB. */
  byte[] readBytes(String path) throws IOException;

  /**
   * Opens the bytes of a file from {@code from} up to, not including, {@code to}; what lies beyond
   * its end is left out. Of a large file only the blocks concerned are read, of a series only the
   * pieces.
   */
  InputStream readRange(String path, long from, long to) throws IOException;

  /**
   * Returns the versions of a file, oldest first, wherever it stood when they were written, those
   * of this very transaction included; of a series its pieces.
   */
  List<FileVersion> versions(String path) throws IOException;

  /**
   * Opens a version of a file, of a series a piece; refuses a number that {@link #versions} does
   * not list.
   */
  InputStream readVersion(String path, long version) throws IOException;

  /** Returns the target of a symbolic link, as stored. */
  String readLink(String path) throws IOException;

  /** Creates a file; refuses a taken name. Mode 0644. */
  Entry.File createFile(String path, InputStream bytes) throws IOException;

  /**
   * Creates a file of a type and attributes; refuses a taken name. The bytes are the first piece of
   * a series, even if there are none; those of a table, also of one in a series, must be a readable
   * Parquet file, here and whenever it is written or appended to.
   */
  Entry.File createFile(String path, InputStream bytes, FileOptions options) throws IOException;

  /** Writes a new version of a file, or creates it; refuses a series, which only grows. */
  Entry.File write(String path, InputStream bytes) throws IOException;

  /** Creates a file of the given attributes, or writes a new version of it with them. */
  Entry.File write(String path, InputStream bytes, io.duckpond.node.Attributes attributes)
      throws IOException;

  /**
   * Adds a piece to a series, or creates the series with it; refuses any other file. Each piece is
   * a version, also of several in one transaction; reading a series gives all of them, oldest to
   * newest.
   */
  Entry.File append(String path, InputStream piece) throws IOException;

  /** Creates a directory; refuses a taken name and a missing parent. Mode 0755. */
  Entry.Directory createDirectory(String path) throws IOException;

  /** Creates a directory and its missing parents; an existing one is no change. */
  Entry.Directory createDirectories(String path) throws IOException;

  /** Creates a symbolic link holding {@code target} as it is; refuses a taken name. */
  Entry.Symlink createSymlink(String path, String target) throws IOException;

  /**
   * Creates a dynamic directory or file, whichever the factory makes; refuses a taken name, a
   * factory that is not there and a configuration that it does not take. Mode 0755 or 0644.
   *
   * @param config a JSON object
   */
  Entry createDynamic(String path, String factory, String config) throws IOException;

  /** Writes a new version of a dynamic node's definition; it stays of its kind. */
  Entry redefine(String path, String factory, String config) throws IOException;

  /** Returns the definition of a dynamic node. */
  Definition definition(String path) throws IOException;

  /** Renames; refuses a taken name, or a directory into its own descendant. */
  void rename(String from, String to) throws IOException;

  /** Renames, replacing a file or link of that name, or an empty directory by a directory. */
  void renameReplacing(String from, String to) throws IOException;

  /**
   * Copies a file, a link as a link, or a directory with all below it, attributes included, to a
   * free name. The copies are nodes of their own, of version 1; the bytes of large files are
   * shared, not read. Refuses a taken name, or to copy a directory into itself.
   */
  void copy(String from, String to) throws IOException;

  /**
   * Copies onto what is there: a file onto a file of its type is a new version of that one,
   * directories are merged, a link or a file takes the place of another; refuses a directory onto
   * anything else, and anything else onto a directory.
   */
  void copyReplacing(String from, String to) throws IOException;

  /** Removes a file, a link or an empty directory. */
  void remove(String path) throws IOException;

  /** Removes whatever is there with all below it; the root is refused. */
  void removeRecursively(String path) throws IOException;

  /** Sets mode and modification time; of a link, its own. Makes no version. */
  void setAttributes(String path, io.duckpond.node.Attributes attributes) throws IOException;

  /** Creates an empty file, or sets the modification time of what is there, to now. */
  void touch(String path) throws IOException;

  /**
   * Makes what is at or below some paths what it was in an earlier committed state of this pond,
   * attributes included; a path that held nothing then is removed, one that held nothing ever is
   * refused. Paths mean what they meant then; links at their end are not followed. A node keeps its
   * id and goes on with its versions, also one that was removed since; but what has a place
   * elsewhere by now stays there, and its path gets a copy. The bytes of large files are not
   * copied.
   */
  void revert(Collection<String> paths, PondView to) throws IOException;

  /** Reads directories into memory, all in one pass; for those who will list each of them next. */
  void load(Collection<String> directories) throws IOException;

  /** Reads a directory and all below it into memory; for those who will list much of it next. */
  void loadBelow(String path) throws IOException;

  /**
   * Returns every node below a directory by its path relative to it, depth first in name order.
   * Dynamic directories are not looked into; {@link #glob} does.
   */
  Map<String, Entry> walk(String path) throws IOException;

  /** As {@link #glob(String, GlobOptions)} with {@link GlobOptions#DEFAULT}. */
  default Stream<GlobMatch> glob(String pattern) throws IOException {
    return glob(pattern, GlobOptions.DEFAULT);
  }

  /**
   * Returns what a pattern finds, each node once, children in name order and a directory's subtree
   * before its following siblings. The stream is lazy: directories are loaded as it comes to them,
   * and only those that can match. What they refuse then is thrown as {@link
   * java.io.UncheckedIOException}; a pattern that is none is refused at once.
   */
  Stream<GlobMatch> glob(String pattern, GlobOptions options) throws IOException;

  /** As {@link #visit(String, GlobOptions, GlobVisitor)} with {@link GlobOptions#DEFAULT}. */
  default void visit(String pattern, GlobVisitor visitor) throws IOException {
    visit(pattern, GlobOptions.DEFAULT, visitor);
  }

  /** Shows a visitor what a pattern finds, in the order of {@link #glob(String, GlobOptions)}. */
  void visit(String pattern, GlobOptions options, GlobVisitor visitor) throws IOException;
}
