package io.duckpond.query;

import io.duckpond.node.Entry;
import io.duckpond.node.Piece;
import io.duckpond.oplog.TableFiles;
import io.duckpond.path.Resolution;
import io.duckpond.query.parquet.Sought;
import io.duckpond.query.parquet.SqlType;
import io.duckpond.query.parquet.TableFile;
import io.duckpond.query.parquet.TableRows;
import io.duckpond.series.Pieces;
import io.duckpond.table.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a data file, of a series those of all its pieces, oldest first. One file at a time is
 * open. For one thread.
 */
final class FileRows implements Iterator<@Nullable Object[]>, AutoCloseable {

  private final String path;
  private final List<DataColumn> columns;
  private final List<Sought> sought;
  private final Iterator<ContentReader> contents;
  private @Nullable ContentReader open;
  private @Nullable TableRows rows;

  private FileRows(
      String path,
      List<DataColumn> columns,
      List<Sought> sought,
      Iterator<ContentReader> contents) {
    this.path = path;
    this.columns = columns;
    this.sought = sought;
    this.contents = contents;
  }

  /**
   * Returns the rows of the file at a path; of each, the values of {@code columns}. Rows without
   * what is sought may be left out.
   */
  static FileRows of(PondFiles files, String path, List<DataColumn> columns, List<Sought> sought)
      throws IOException {
    if (!(files.at(path) instanceof Resolution.Found found)) {
      throw new NoSuchFileException(path);
    }
    if (!(found.entry() instanceof Entry.File file) || !DataTables.READ.contains(file.type())) {
      throw new FileSystemException(
          path, null, "is a " + found.entry().type().storedName() + ", and no table");
    }
    if (!file.type().isSeries()) {
      return new FileRows(path, columns, sought, List.of(files.open(file, path)).iterator());
    }
    Pieces pieces = files.pieces(file, path);
    Iterator<ContentReader> contents =
        new Iterator<>() {
          private long passed;

          @Override
          public boolean hasNext() {
            return passed < file.version();
          }

          @Override
          public ContentReader next() {
            if (!hasNext()) {
              throw new NoSuchElementException();
            }
            try {
              passed++;
              Piece piece = pieces.numbered(passed).piece();
              return new ContentReader(piece.size(), () -> pieces.open(piece));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    return new FileRows(path, columns, sought, contents);
  }

  @Override
  public boolean hasNext() {
    while (rows == null || !rows.hasNext()) {
      close();
      if (!contents.hasNext()) {
        return false;
      }
      try {
        ContentReader next = contents.next();
        open = next;
        rows = rowsOf(next);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return true;
  }

  private TableRows rowsOf(ContentReader bytes) throws IOException {
    TableSchema unused = TableFiles.outline(bytes, path);
    TableFile file = TableFile.open(bytes, path);
    for (DataColumn column : columns) {
      Optional<SqlType> type = file.typeOf(column.stored());
      boolean same = type.map(column.type()::equals).orElse(column.nullable());
      if (!same) {
        throw new FileSystemException(
            path,
            null,
            "its column '" + column.stored() + "' has changed since the statement was prepared");
      }
    }
    return file.rows(columns.stream().map(DataColumn::stored).toList(), sought);
  }

  @Override
  public @Nullable Object[] next() {
    if (!hasNext() || rows == null) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }

  @Override
  public void close() {
    ContentReader last = open;
    open = null;
    rows = null;
    if (last != null) {
      try {
        last.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
