package io.duckpond.content;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Contents that have lost their names and may get them back: each has its name, or another one that
 * says which it is, or both. Any thread.
 */
final class SetAside {
  private static final String PREFIX = "tmp-collected-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9a-f]{64})(\\.blocks)?");

  private final Disk disk;
  private final ContentFolder folder;

  SetAside(Disk disk, ContentFolder folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /** Returns which content a name here is of; empty if it is none. */
  static Optional<Sha256> contentOf(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Optional.of(Sha256.parse(matcher.group(1))) : Optional.empty();
  }

  /** Returns where a file of a content is while it is aside. */
  Path asideOf(Path file) {
    return folder.directory().resolve(PREFIX + file.getFileName());
  }

  /**
   * Sets contents aside, those that are there. A name that somebody gives again, and syncs, must
   * not wait for the move of what stood there before: so that is durable when this returns.
   */
  void take(Collection<Sha256> contents) throws IOException {
    if (contents.isEmpty()) {
      return;
    }
    for (Sha256 content : contents) {
      move(folder.fileOf(content)); // first: whoever finds a content finds its digests
      move(folder.blocksOf(content));
    }
    disk.syncDirectory(folder.directory());
  }

  /** A move, as nothing may be lost that somebody has come to rely on after all. */
  private void move(Path file) throws IOException {
    try {
      disk.rename(file, asideOf(file));
    } catch (NoSuchFileException e) {
      return; // it was not there
    }
  }

  /** Gives contents their names back; where there is one again, that is as good. */
  void giveBack(Collection<Sha256> contents) throws IOException {
    if (contents.isEmpty()) {
      return;
    }
    Set<Path> touched = new LinkedHashSet<>();
    touched.add(folder.directory()); // the moves first, or the names would wait for them
    for (Sha256 content : contents) {
      folder.prepare(folder.fileOf(content)); // a power cut may have taken it
      link(asideOf(folder.blocksOf(content)), folder.blocksOf(content));
      link(asideOf(folder.fileOf(content)), folder.fileOf(content));
      touched.add(Objects.requireNonNull(folder.fileOf(content).getParent(), "a folder of two"));
    }
    for (Path each : touched) {
      disk.syncDirectory(each);
    }
    remove(contents);
  }

  /** Removes contents that are aside for good; returns what was removed. */
  Collected remove(Collection<Sha256> contents) throws IOException {
    Collected removed = Collected.NOTHING;
    for (Sha256 content : contents) {
      long bytes = 0;
      boolean any = false;
      for (Path file : new Path[] {folder.blocksOf(content), folder.fileOf(content)}) {
        try {
          bytes += folder.remove(asideOf(file));
          any = true;
        } catch (NoSuchFileException e) {
          continue; // it has no digests, or was never aside
        }
      }
      removed = removed.plus(new Collected(any ? 1 : 0, 0, bytes));
    }
    return removed;
  }

  private void link(Path existing, Path name) throws IOException {
    try {
      disk.link(existing, name);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      return; // there already, or not there at all
    }
  }
}
