package io.duckpond.transaction;

import io.duckpond.content.NewContent;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.TableFiles;
import io.duckpond.table.TableSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Bytes that were taken in for a file of some type.
 *
 * @param columns of those that are a table
 */
record Incoming(NewContent content, TableSchema columns) {

  /** Bytes that are no table, or need not be looked at. */
  static Incoming of(NewContent content) {
    return new Incoming(content, TableSchema.NONE);
  }

  /**
   * Takes bytes in for the file at a site, which will be of type {@code type} if there is none. For
   * a table they must be Parquet, for a series of tables with columns that it can grow by: else
   * they are refused, and nothing of them is kept.
   */
  static Incoming take(Workspace workspace, Site site, NodeType type, InputStream bytes)
      throws IOException {
    Optional<Entry.File> held = held(workspace, site);
    NodeType actual = held.map(Entry.File::type).orElse(type);
    if (actual != NodeType.TABLE && actual != NodeType.TABLE_SERIES) {
      return of(workspace.take(bytes));
    }
    TableSchema before =
        held.isPresent() && actual.isSeries()
            ? workspace.pieces(held.get(), site.shown()).columns()
            : TableSchema.NONE;
    Found found = new Found();
    NewContent content =
        workspace.take(
            bytes,
            file -> {
              found.columns = TableFiles.schema(file, site.shown());
              Optional<String> objection = before.objectionTo(found.columns);
              if (objection.isPresent()) {
                throw Refusals.because(site.shown(), objection.get());
              }
            });
    return new Incoming(content, found.columns);
  }

  private static Optional<Entry.File> held(Workspace workspace, Site site) throws IOException {
    Optional<Entry> held = workspace.directory(site.place().directory()).get(site.place().name());
    return held.isPresent() && held.get() instanceof Entry.File file
        ? Optional.of(file)
        : Optional.empty();
  }

  private static final class Found {
    private TableSchema columns = TableSchema.NONE;
  }
}
