package io.duckpond.journal.table;

import io.delta.kernel.expressions.Column;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.duckpond.journal.engine.ParquetFiles;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * The columns of the table, in their order. Key columns come first and have statistics in the log;
 * {@code content} is last and never has any.
 */
final class RecordSchema {
  /** The partition; null for a transaction. */
  static final String PART_ID = "part_id";

  /** {@link RecordKind#storedName}; never null. */
  static final String KIND = "kind";

  /** First sequence number inside; null where the kind has none. */
  static final String FIRST_VERSION = "first_version";

  /** Last sequence number inside; null where the kind has none. */
  static final String VERSION = "version";

  /** First transaction inside; null in staged files. */
  static final String FIRST_TXN_SEQ = "first_txn_seq";

  /** Last transaction inside; null in staged files. */
  static final String TXN_SEQ = "txn_seq";

  /** Time of the last transaction, microseconds UTC; null in staged files. */
  static final String TIMESTAMP = "timestamp";

  /** Inner rows; never null. */
  static final String COUNT = "count";

  /** SHA-256 of the content; never null. */
  static final String SHA256 = "sha256";

  /** One Arrow IPC stream; never null. */
  static final String CONTENT = "content";

  /** How many of the columns, from the first, have statistics in the log. */
  static final int KEY_COLUMNS = 8;

  static final StructType DELTA =
      new StructType()
          .add(PART_ID, StringType.STRING, true)
          .add(KIND, StringType.STRING, false)
          .add(FIRST_VERSION, LongType.LONG, true)
          .add(VERSION, LongType.LONG, true)
          .add(FIRST_TXN_SEQ, LongType.LONG, true)
          .add(TXN_SEQ, LongType.LONG, true)
          .add(TIMESTAMP, TimestampType.TIMESTAMP, true)
          .add(COUNT, IntegerType.INTEGER, false)
          .add(SHA256, BinaryType.BINARY, false)
          .add(CONTENT, BinaryType.BINARY, false);

  static final MessageType PARQUET = ParquetFiles.schema(DELTA);

  /** The columns by which a reader wants rows to lie together. */
  static final List<Column> CLUSTERING = List.of(new Column(PART_ID), new Column(VERSION));

  private RecordSchema() {}

  static ColumnDescriptor column(String name) {
    return PARQUET.getColumnDescription(new String[] {name});
  }
}
