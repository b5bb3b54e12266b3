package io.duckpond.transaction;

import io.duckpond.FileVersion;
import io.duckpond.node.Entry;
import io.duckpond.node.Piece;
import io.duckpond.path.EntryName;
import io.duckpond.path.Resolution;
import io.duckpond.series.Pieces;
import io.duckpond.view.PastVersion;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;

/** The versions of the file at a path, as a tree knows them. */
final class Versions {
  private final Tree tree;
  private final Resolution.Found found;
  private final Entry.File file;
  private final String shown;

  /** Of what was found; {@code shown} is the path that the caller asked for. */
  Versions(Tree tree, Resolution.Found found, Entry.File file, String shown) {
    this.tree = tree;
    this.found = found;
    this.file = file;
    this.shown = shown;
  }

  List<FileVersion> list() throws IOException {
    return file.type().isSeries() ? pieces() : all().stream().map(Versions::version).toList();
  }

  private List<FileVersion> pieces() throws IOException {
    Pieces pieces = tree.pieces(file, found.path());
    List<FileVersion> versions = new ArrayList<>();
    for (PastVersion past : all()) {
      Entry.File entry = past.entry();
      while (versions.size() < entry.version()) {
        Piece piece = pieces.numbered(versions.size() + 1L).piece();
        versions.add(
            new FileVersion(
                piece.version(),
                piece.size(),
                piece.sha256(),
                entry.attributes().modifiedNanos(),
                past.txnSeq(),
                past.timestampMicros()));
      }
    }
    return versions;
  }

  private static FileVersion version(PastVersion past) {
    Entry.File entry = past.entry();
    return new FileVersion(
        entry.version(),
        entry.size(),
        entry.sha256(),
        entry.attributes().modifiedNanos(),
        past.txnSeq(),
        past.timestampMicros());
  }

  InputStream open(long version) throws IOException {
    if (file.type().isSeries()) {
      if (version < 1 || version > file.version()) {
        throw none(version, 1);
      }
      Pieces pieces = tree.pieces(file, found.path());
      return pieces.open(pieces.numbered(version).piece());
    }
    if (version == file.version()) {
      return tree.open(file, found.path());
    }
    List<PastVersion> all = all();
    for (PastVersion past : all) {
      if (past.entry().version() == version) {
        return tree.open(past.entry(), found.path());
      }
    }
    throw none(version, all.get(0).entry().version());
  }

  private FileSystemException none(long version, long first) {
    return Refusals.because(
        shown, "there is no version " + version + "; it has " + first + " to " + file.version());
  }

  /** What is not committed is the newest; the log does not know it. */
  private List<PastVersion> all() throws IOException {
    EntryName name =
        found.name().orElseThrow(() -> new IllegalStateException("the root is no file"));
    List<PastVersion> all = new ArrayList<>(tree.past(found.parent(), name));
    if (all.isEmpty() || all.get(all.size() - 1).entry().version() < file.version()) {
      all.add(new PastVersion(file, 0, 0));
    }
    return all;
  }
}
