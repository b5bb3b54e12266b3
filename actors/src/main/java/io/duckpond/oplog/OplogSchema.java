package io.duckpond.oplog;

import io.duckpond.journal.arrow.CodecColumn;
import java.util.List;

/**
 * The columns of the log's rows: the one place that knows their names, types and nullability. Add
 * columns; never repurpose one.
 */
final class OplogSchema {

  /** The number that a table names as its format. */
  static final String FORMAT = "1";

  /** The table property that holds {@link #FORMAT}. */
  static final String FORMAT_PROPERTY = "io.duckpond.format";

  /** The table property that holds the pond's id. */
  static final String POND_ID_PROPERTY = "io.duckpond.pond-id";

  /** The node to which something happened: 32 hexadecimal digits. */
  static final CodecColumn NODE_ID = new CodecColumn("node_id", CodecColumn.Type.UTF8, false);

  /** What the node is: a stored name of {@link io.duckpond.node.NodeType}. */
  static final CodecColumn FILE_TYPE = new CodecColumn("file_type", CodecColumn.Type.UTF8, false);

  /** A JSON object: version, size, sha256, blocks; mode and modified in rows of the root. */
  static final CodecColumn METADATA = new CodecColumn("metadata", CodecColumn.Type.UTF8, false);

  /** A directory's changed names, a link's target, a small file's bytes; null for a large file. */
  static final CodecColumn CONTENT = new CodecColumn("content", CodecColumn.Type.BINARY, true);

  /** The columns of a row, between the journal's {@code part_id} and its envelope. */
  static final List<CodecColumn> ENTRY = List.of(NODE_ID, FILE_TYPE, METADATA, CONTENT);

  /** The same for readers who do not look at what stands in a row. */
  static final List<CodecColumn> ENTRY_WITHOUT_CONTENT = List.of(NODE_ID, FILE_TYPE, METADATA);

  /** The name that changed, one component of a path. */
  static final CodecColumn NAME = new CodecColumn("name", CodecColumn.Type.UTF8, false);

  /** The node that the name holds, or held: 32 hexadecimal digits. */
  static final CodecColumn CHILD_NODE_ID =
      new CodecColumn("child_node_id", CodecColumn.Type.UTF8, false);

  /** What happened to the name: put, remove, moved-in or moved-out. */
  static final CodecColumn OPERATION = new CodecColumn("operation", CodecColumn.Type.UTF8, false);

  /** What the child is: a stored name of {@link io.duckpond.node.NodeType}. */
  static final CodecColumn ENTRY_TYPE = new CodecColumn("entry_type", CodecColumn.Type.UTF8, false);

  /** The child's permission bits, 0 to 0777. */
  static final CodecColumn MODE = new CodecColumn("mode", CodecColumn.Type.INT32, false);

  /** The child's modification time, nanoseconds since the epoch. */
  static final CodecColumn MODIFIED = new CodecColumn("modified", CodecColumn.Type.INT64, false);

  /** The child's newest version, from 1. */
  static final CodecColumn VERSION = new CodecColumn("version", CodecColumn.Type.INT64, false);

  /** Bytes of that version; null for what has no bytes. */
  static final CodecColumn SIZE = new CodecColumn("size", CodecColumn.Type.INT64, true);

  /** Digest of those bytes, 32 bytes; null for what has none. */
  static final CodecColumn SHA256 = new CodecColumn("sha256", CodecColumn.Type.BINARY, true);

  /** Where a symbolic link points, as written; null for all else. */
  static final CodecColumn TARGET = new CodecColumn("target", CodecColumn.Type.UTF8, true);

  /** The partition, or staged file, whose row has the content; null for what has no bytes. */
  static final CodecColumn CONTENT_PART_ID =
      new CodecColumn("content_part_id", CodecColumn.Type.UTF8, true);

  /** The sequence number of that row. */
  static final CodecColumn CONTENT_SEQ =
      new CodecColumn("content_seq", CodecColumn.Type.INT64, true);

  /** The directory that a moved child came from or went to; null if it was not moved. */
  static final CodecColumn OTHER_PART_ID =
      new CodecColumn("other_part_id", CodecColumn.Type.UTF8, true);

  /** Its name there. */
  static final CodecColumn OTHER_NAME = new CodecColumn("other_name", CodecColumn.Type.UTF8, true);

  /** The columns of the nested batch that is the content of a directory's row. */
  static final List<CodecColumn> DIRECTORY_ENTRY =
      List.of(
          NAME,
          CHILD_NODE_ID,
          OPERATION,
          ENTRY_TYPE,
          MODE,
          MODIFIED,
          VERSION,
          SIZE,
          SHA256,
          TARGET,
          CONTENT_PART_ID,
          CONTENT_SEQ,
          OTHER_PART_ID,
          OTHER_NAME);

  private OplogSchema() {}
}
