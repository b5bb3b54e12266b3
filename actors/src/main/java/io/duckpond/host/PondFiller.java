package io.duckpond.host;

import io.duckpond.WorkingDirectory;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Puts scanned host nodes into directories of a pond; what is the same already stays as it is. */
final class PondFiller implements AutoCloseable {
  private final Disk disk;
  private final Tally tally;
  private final boolean dryRun;
  private final WorkingDirectory root;
  private final HostReadAhead readAhead;

  PondFiller(Disk disk, Tally tally, boolean dryRun, WorkingDirectory root) {
    this.disk = disk;
    this.tally = tally;
    this.dryRun = dryRun;
    this.root = root;
    this.readAhead = new HostReadAhead(disk);
  }

  /** Stops reading ahead. */
  @Override
  public void close() {
    readAhead.close();
  }

  /**
   * Puts one node and all below it.
   *
   * @param into the directory that takes it; in a dry run any
   * @param directory its path
   * @param there what has the name now, of the same type
   */
  void put(
      Path host,
      HostNode.Named named,
      WorkingDirectory into,
      String directory,
      Optional<Entry> there)
      throws IOException {
    if (!dryRun) {
      readAhead.start(host, named);
    }
    putNode(host, named, into, directory, there);
  }

  private void putNode(
      Path host,
      HostNode.Named named,
      WorkingDirectory into,
      String directory,
      Optional<Entry> there)
      throws IOException {
    String path = PondPlace.child(directory, named.name());
    if (named.node() instanceof HostNode.Directory node) {
      putDirectory(host, node, named.name(), into, path, there);
    } else if (named.node() instanceof HostNode.File node) {
      putFile(host, node, named.name(), into, path, there);
    } else if (named.node() instanceof HostNode.Link node) {
      putLink(node, named.name(), into, path, there);
    }
  }

  private void putDirectory(
      Path host,
      HostNode.Directory node,
      EntryName name,
      WorkingDirectory into,
      String path,
      Optional<Entry> there)
      throws IOException {
    boolean same = isSame(node.attributes(), there);
    if (same) {
      tally.unchanged();
    } else {
      tally.directory(path);
    }
    WorkingDirectory inside = into;
    if (!dryRun) {
      if (there.isEmpty()) {
        into.createDirectory(name.value());
      }
      if (!same) {
        into.setAttributes(name.value(), node.attributes());
      }
      inside = into.open(name.value());
    }
    Map<EntryName, Entry> below = there.isPresent() ? root.list(path) : Map.of();
    for (HostNode.Named child : node.children()) {
      Path childHost = host.resolve(child.name().value());
      putNode(childHost, child, inside, path, Optional.ofNullable(below.get(child.name())));
    }
  }

  private void putLink(
      HostNode.Link node, EntryName name, WorkingDirectory into, String path, Optional<Entry> there)
      throws IOException {
    boolean sameTarget =
        there.isPresent()
            && there.get() instanceof Entry.Symlink link
            && link.target().equals(node.target());
    if (sameTarget && isSame(node.attributes(), there)) {
      tally.unchanged();
      return;
    }
    tally.symlink(path);
    if (dryRun) {
      return;
    }
    if (!sameTarget) {
      if (there.isPresent()) {
        into.remove(name.value());
      }
      into.createSymlink(name.value(), node.target());
    }
    into.setAttributes(name.value(), node.attributes());
  }

  private void putFile(
      Path host,
      HostNode.File node,
      EntryName name,
      WorkingDirectory into,
      String path,
      Optional<Entry> there)
      throws IOException {
    if (dryRun) {
      boolean equal = there.isPresent() && holds(there.get(), node, host);
      if (equal) {
        keep(node, name, into, path, there);
      } else {
        tally.file(path, node.size());
      }
      return;
    }
    // Small ones are read at once, so that comparing costs no second reading.
    Optional<byte[]> small =
        node.size() < HostReadAhead.WHOLE ? readAhead.take(host) : Optional.empty();
    if (small.isPresent()) {
      byte[] bytes = small.get();
      tally.moved(bytes.length);
      if (there.isPresent() && holds(there.get(), bytes)) {
        keep(node, name, into, path, there);
      } else {
        into.write(name.value(), new ByteArrayInputStream(bytes), node.attributes());
        written(host, node, path, bytes.length);
      }
    } else if (there.isPresent() && holds(there.get(), node, host)) {
      keep(node, name, into, path, there);
    } else {
      try (HostFileInput in = new HostFileInput(disk.open(host), tally::moved)) {
        into.write(name.value(), in, node.attributes());
        written(host, node, path, in.position());
      }
    }
  }

  private void written(Path host, HostNode.File node, String path, long bytes) {
    tally.file(path, bytes);
    if (bytes != node.size()) {
      tally.warn(
          HostText.escaped(host)
              + ": changed while it was read: "
              + bytes
              + " bytes are stored, not "
              + node.size());
    }
  }

  /** The bytes are the same: at most the attributes are set, and no version is made. */
  private void keep(
      HostNode.File node, EntryName name, WorkingDirectory into, String path, Optional<Entry> there)
      throws IOException {
    if (isSame(node.attributes(), there)) {
      tally.unchanged();
      return;
    }
    tally.file(path, 0);
    if (!dryRun) {
      into.setAttributes(name.value(), node.attributes());
    }
  }

  private static boolean isSame(Attributes attributes, Optional<Entry> there) {
    return there.isPresent() && there.get().attributes().equals(attributes);
  }

  private static boolean holds(Entry there, byte[] bytes) {
    return there instanceof Entry.File file
        && file.size() == bytes.length
        && Sha256.of(bytes).equals(file.sha256());
  }

  /** Compares a file by reading it, which is worth it only if the size is the same. */
  private boolean holds(Entry there, HostNode.File node, Path host) throws IOException {
    if (!(there instanceof Entry.File file) || file.size() != node.size()) {
      return false;
    }
    return HostDigest.of(disk, host).equals(file.sha256());
  }
}
