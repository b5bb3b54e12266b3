package io.duckpond.query.parquet;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A Parquet file whose footer was looked at and found in order. Its pages are not trusted: what
 * makes no sense in them is a {@link FileSystemException} with the path. For one thread.
 */
public final class TableFile {
  private final DiskReader bytes;
  private final String path;
  private final ParquetMetadata footer;

  private TableFile(DiskReader bytes, String path, ParquetMetadata footer) {
    this.bytes = bytes;
    this.path = path;
    this.footer = footer;
  }

  /**
   * Reads the footer of a file, which stays the caller's to close.
   *
   * @param path of the table, for refusals
   */
  public static TableFile open(DiskReader bytes, String path) throws IOException {
    try {
      FooterInput input = new FooterInput(bytes);
      ParquetReadOptions options =
          ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
      ParquetMetadata footer = ParquetFileReader.readFooter(input, options, input.newStream());
      return new TableFile(bytes, path, footer);
    } catch (IOException | RuntimeException e) {
      throw meaning(e, path);
    }
  }

  /** Returns the columns, in the order of the file. */
  public List<Type> columns() {
    return schema().getFields();
  }

  /** Returns the number of rows. */
  public long rowCount() {
    return footer.getBlocks().stream().mapToLong(group -> group.getRowCount()).sum();
  }

  /** Returns the type that a column has in SQL; empty if there is no such column. */
  public Optional<SqlType> typeOf(String column) {
    return schema().containsField(column)
        ? Optional.of(SqlType.of(schema().getType(column)))
        : Optional.empty();
  }

  /**
   * Returns the rows, of each the values of {@code columns} in that order; of a column that is not
   * there they are null. Row groups without what is sought are left out.
   */
  public TableRows rows(List<String> columns, List<Sought> sought) {
    return new TableRows(bytes, path, footer, columns, sought);
  }

  private MessageType schema() {
    return footer.getFileMetaData().getSchema();
  }

  /** Returns what {@code failure} means, or throws what is not the file's fault. */
  static FileSystemException meaning(Exception failure, String path) {
    if (failure instanceof DamageException
        || failure instanceof JournalException
        || failure instanceof UncheckedIOException) {
      throw (RuntimeException) failure;
    }
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
      if (cause instanceof DamageException
          || cause instanceof JournalException
          || cause instanceof UncheckedIOException) {
        throw (RuntimeException) cause;
      }
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    FileSystemException refusal =
        new FileSystemException(
            path, null, "is no readable Parquet file: " + message.lines().findFirst().orElse(""));
    refusal.initCause(failure);
    return refusal;
  }
}
