package io.duckpond.oplog;

import io.duckpond.journal.arrow.CodecColumn;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Attributes;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.path.EntryName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Changed names to and from the nested Arrow IPC stream of a directory's row. Any thread. */
final class DirectoryEntryBatch {
  private static final int COLUMNS = OplogSchema.DIRECTORY_ENTRY.size();
  private static final int BUFFERS =
      OplogSchema.DIRECTORY_ENTRY.stream().mapToInt(DirectoryEntryBatch::buffers).sum();
  private static final byte[] SCHEMA_MESSAGE = schemaMessage();

  private static final String PUT = "put";
  private static final String REMOVE = "remove";
  private static final String MOVED_IN = "moved-in";
  private static final String MOVED_OUT = "moved-out";

  private DirectoryEntryBatch() {}

  /**
   * Returns a complete stream. Throws {@link IllegalArgumentException} if a file's content has no
   * place yet.
   */
  static byte[] encode(List<DirectoryEntry> changes) {
    BatchWriter<DirectoryEntry> batch = new BatchWriter<>(changes, COLUMNS);
    batch.text(change -> change.name().value());
    batch.text(change -> change.entry().child().hex());
    batch.text(DirectoryEntryBatch::operation);
    batch.text(change -> change.entry().type().storedName());
    batch.int32(change -> change.entry().attributes().mode());
    batch.int64(change -> change.entry().attributes().modifiedNanos());
    batch.int64(change -> change.entry().version());
    batch.optionalInt64(change -> change.entry() instanceof Entry.File file ? file.size() : null);
    batch.optionalBytes(
        change -> change.entry() instanceof Entry.File file ? file.sha256().bytes() : null);
    batch.optionalText(
        change -> change.entry() instanceof Entry.Symlink link ? link.target() : null);
    batch.optionalText(
        change -> change.entry() instanceof Entry.File file ? place(change, file).partId() : null);
    batch.optionalInt64(
        change -> change.entry() instanceof Entry.File file ? place(change, file).seqNr() : null);
    batch.optionalText(DirectoryEntryBatch::otherPartId);
    batch.optionalText(DirectoryEntryBatch::otherName);
    return batch.stream(SCHEMA_MESSAGE);
  }

  private static String operation(DirectoryEntry change) {
    if (change instanceof DirectoryEntry.Put) {
      return PUT;
    }
    if (change instanceof DirectoryEntry.Remove) {
      return REMOVE;
    }
    return change instanceof DirectoryEntry.MovedIn ? MOVED_IN : MOVED_OUT;
  }

  private static ContentLocator.Logged place(DirectoryEntry change, Entry.File file) {
    if (file.content() instanceof ContentLocator.Logged logged) {
      return logged;
    }
    throw new IllegalArgumentException(
        "the content of '" + change.name() + "' has no place in the log");
  }

  private static @Nullable String otherPartId(DirectoryEntry change) {
    if (change instanceof DirectoryEntry.MovedIn in) {
      return in.from().hex();
    }
    return change instanceof DirectoryEntry.MovedOut out ? out.to().hex() : null;
  }

  private static @Nullable String otherName(DirectoryEntry change) {
    if (change instanceof DirectoryEntry.MovedIn in) {
      return in.fromName().value();
    }
    return change instanceof DirectoryEntry.MovedOut out ? out.toName().value() : null;
  }

  /** Returns the changes of a stream; bytes that are none are a {@link DamageException}. */
  static List<DirectoryEntry> decode(byte[] stream) {
    try {
      return new Columns(new BatchReader(stream, SCHEMA_MESSAGE, COLUMNS, BUFFERS)).changes();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DamageException("the nested batch is malformed: " + e.getMessage(), e);
    }
  }

  /** Returns the message with which every stream begins. */
  static byte[] schemaBytes() {
    return SCHEMA_MESSAGE.clone();
  }

  /** The columns of a batch, taken in the schema's order. */
  private static final class Columns {
    private final BatchReader batch;
    private final BatchReader.Bytes name;
    private final BatchReader.Bytes child;
    private final BatchReader.Bytes operation;
    private final BatchReader.Bytes type;
    private final BatchReader.Numbers mode;
    private final BatchReader.Numbers modified;
    private final BatchReader.Numbers version;
    private final BatchReader.Numbers size;
    private final BatchReader.Bytes sha256;
    private final BatchReader.Bytes target;
    private final BatchReader.Bytes contentPartId;
    private final BatchReader.Numbers contentSeq;
    private final BatchReader.Bytes otherPartId;
    private final BatchReader.Bytes otherName;

    Columns(BatchReader batch) {
      this.batch = batch;
      this.name = batch.bytes();
      this.child = batch.bytes();
      this.operation = batch.bytes();
      this.type = batch.bytes();
      this.mode = batch.numbers(4);
      this.modified = batch.numbers(8);
      this.version = batch.numbers(8);
      this.size = batch.numbers(8);
      this.sha256 = batch.bytes();
      this.target = batch.bytes();
      this.contentPartId = batch.bytes();
      this.contentSeq = batch.numbers(8);
      this.otherPartId = batch.bytes();
      this.otherName = batch.bytes();
    }

    List<DirectoryEntry> changes() {
      List<DirectoryEntry> changes = new ArrayList<>(batch.rows());
      for (int row = 0; row < batch.rows(); row++) {
        changes.add(change(row));
      }
      return List.copyOf(changes);
    }

    private DirectoryEntry change(int row) {
      EntryName changed = new EntryName(name.text(row));
      Entry entry = entry(row);
      String what = operation.text(row);
      return switch (what) {
        case PUT -> new DirectoryEntry.Put(changed, entry);
        case REMOVE -> new DirectoryEntry.Remove(changed, entry);
        case MOVED_IN -> new DirectoryEntry.MovedIn(changed, entry, other(row), otherName(row));
        case MOVED_OUT -> new DirectoryEntry.MovedOut(changed, entry, other(row), otherName(row));
        default -> throw new IllegalArgumentException("not an operation: '" + what + "'");
      };
    }

    private NodeId other(int row) {
      return NodeId.parse(otherPartId.text(row));
    }

    private EntryName otherName(int row) {
      return new EntryName(otherName.text(row));
    }

    private Entry entry(int row) {
      NodeId node = NodeId.parse(child.text(row));
      Attributes attributes = new Attributes(mode.int32(row), modified.int64(row));
      NodeType nodeType = NodeType.ofStoredName(type.text(row));
      return switch (nodeType) {
        case DIRECTORY -> new Entry.Directory(node, attributes);
        case SYMLINK -> new Entry.Symlink(node, attributes, version.int64(row), target.text(row));
        default ->
            new Entry.File(
                node,
                nodeType,
                attributes,
                version.int64(row),
                size.int64(row),
                Sha256.from(sha256.bytes(row)),
                new ContentLocator.Logged(contentPartId.text(row), contentSeq.int64(row)));
      };
    }
  }

  private static int buffers(CodecColumn column) {
    return switch (column.type()) {
      case UTF8, BINARY -> 3;
      case INT32, INT64 -> 2;
    };
  }

  private static byte[] schemaMessage() {
    List<Field> fields =
        OplogSchema.DIRECTORY_ENTRY.stream().map(DirectoryEntryBatch::field).toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WriteChannel channel = new WriteChannel(Channels.newChannel(bytes))) {
      MessageSerializer.serialize(channel, new Schema(fields));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static Field field(CodecColumn column) {
    ArrowType type =
        switch (column.type()) {
          case UTF8 -> ArrowType.Utf8.INSTANCE;
          case BINARY -> ArrowType.Binary.INSTANCE;
          case INT32 -> new ArrowType.Int(32, true);
          case INT64 -> new ArrowType.Int(64, true);
        };
    return new Field(
        column.name(), new FieldType(column.nullable(), type, null), /* children= */ null);
  }
}
