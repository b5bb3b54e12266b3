package io.duckpond.query;

import io.duckpond.node.Entry;
import io.duckpond.path.Resolution;
import io.duckpond.series.Pieces;
import io.duckpond.transaction.TreeWorkingDirectory;
import io.duckpond.view.Tree;
import java.io.IOException;

/**
 * The files of one state of a pond, for those who read what is in them.
 *
 * @param root to resolve paths with
 * @param tree to read contents from
 */
record PondFiles(io.duckpond.WorkingDirectory root, Tree tree) {

  /** Returns the files of a committed state. */
  static PondFiles of(Tree tree) {
    return new PondFiles(TreeWorkingDirectory.of(tree), tree);
  }

  /** Returns what is at a path, links followed. */
  Resolution at(String path) throws IOException {
    return root.lookup(path);
  }

  /** Opens the newest version of a file that is no series. */
  ContentReader open(Entry.File file, String path) {
    return new ContentReader(file.size(), () -> tree.open(file, path));
  }

  /** Returns the pieces of a series. */
  Pieces pieces(Entry.File series, String path) throws IOException {
    return tree.pieces(series, path);
  }
}
