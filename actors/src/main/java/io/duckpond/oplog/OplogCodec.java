package io.duckpond.oplog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.arrow.CodecColumn;
import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RowSink;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** A {@link DirectoryEvent} to and from rows of the columns of {@link OplogSchema}. */
final class OplogCodec implements EventCodec {
  private static final int NODE_ID = OplogSchema.ENTRY.indexOf(OplogSchema.NODE_ID);
  private static final int FILE_TYPE = OplogSchema.ENTRY.indexOf(OplogSchema.FILE_TYPE);
  private static final int METADATA = OplogSchema.ENTRY.indexOf(OplogSchema.METADATA);
  private static final int CONTENT = OplogSchema.ENTRY.indexOf(OplogSchema.CONTENT);

  @Override
  public List<CodecColumn> columns() {
    return OplogSchema.ENTRY;
  }

  @Override
  public void encode(Object event, RowSink sink) {
    if (!(event instanceof DirectoryEvent directoryEvent)) {
      throw new IllegalArgumentException("not a directory's event: " + event.getClass().getName());
    }
    for (OplogEntry entry : directoryEvent.entries()) {
      encode(entry, sink);
    }
  }

  /** Writes one row. */
  static void encode(OplogEntry entry, RowSink sink) {
    if (entry instanceof OplogEntry.DirectoryChanged row) {
      sink.event(
          row.node().hex(),
          NodeType.DIRECTORY.storedName(),
          row.own().map(EntryMetadata::ofOwn).orElse(EntryMetadata.EMPTY),
          DirectoryEntryBatch.encode(row.changes()));
    } else if (entry instanceof OplogEntry.SmallFile row) {
      sink.attachment(
          row.node().hex(),
          row.type().storedName(),
          EntryMetadata.ofFile(row.version(), row.bytes().length(), row.sha256()),
          row.bytes().toArrayUnsafe());
    } else if (entry instanceof OplogEntry.Pieces row) {
      byte[] list = PieceList.encode(row);
      sink.attachment(
          row.node().hex(),
          row.type().storedName(),
          EntryMetadata.ofPieces(row.version(), list.length, Sha256.of(list), row.pieces().size()),
          list);
    } else if (entry instanceof OplogEntry.LargeFile row) {
      sink.event(
          row.node().hex(),
          row.type().storedName(),
          EntryMetadata.ofLargeFile(row.version(), row.size(), row.sha256(), row.blocks()),
          null);
    } else if (entry instanceof OplogEntry.Link row) {
      sink.event(
          row.node().hex(),
          NodeType.SYMLINK.storedName(),
          EntryMetadata.ofLink(row.version()),
          row.target().getBytes(UTF_8));
    }
  }

  /** Returns the event of its rows; whatever is wrong with them is a {@link DamageException}. */
  @Override
  public DirectoryEvent decode(List<InnerRow> rows) {
    List<OplogEntry> entries = rows.stream().map(OplogCodec::entry).toList();
    if (entries.isEmpty() || !(entries.get(0) instanceof OplogEntry.DirectoryChanged)) {
      throw new DamageException(
          rows.isEmpty()
              ? "an event without rows"
              : "no directory's row first at " + place(rows.get(0)));
    }
    return new DirectoryEvent(DirectoryEvent.Group.STORED, entries);
  }

  /** Returns one row that recovery reads. */
  static OplogEntry entry(InnerRow row) {
    try {
      return eventEntry(row);
    } catch (DamageException | IllegalArgumentException e) {
      throw new DamageException(place(row) + ": " + e.getMessage(), e);
    }
  }

  private static OplogEntry eventEntry(InnerRow row) {
    NodeId node = NodeId.parse(nodeId(row));
    NodeType type = type(row);
    EntryMetadata metadata = EntryMetadata.parse(metadata(row));
    return switch (type) {
      case DIRECTORY ->
          new OplogEntry.DirectoryChanged(
              node, DirectoryEntryBatch.decode(content(row)), metadata.own());
      case SYMLINK ->
          new OplogEntry.Link(node, metadata.version(), new String(content(row), UTF_8));
      default ->
          new OplogEntry.LargeFile(
              node,
              type,
              metadata.version(),
              metadata.size(),
              metadata.sha256(),
              metadata.blocks());
    };
  }

  /** Returns a row of kind attachment: a small file, or a list of pieces, whose digest is right. */
  static OplogEntry attachment(InnerRow row) {
    try {
      EntryMetadata metadata = EntryMetadata.parse(metadata(row));
      byte[] bytes = content(row);
      Sha256 sha256 = metadata.sha256();
      if (metadata.size() != bytes.length) {
        throw new DamageException(
            "expected [" + metadata.size() + "] bytes, found [" + bytes.length + "]");
      }
      NodeId node = NodeId.parse(nodeId(row));
      if (metadata.listsPieces()) {
        Sha256 found = Sha256.of(bytes);
        if (!found.equals(sha256)) {
          throw new DamageException(
              "the list of pieces has digest [" + sha256 + "], found [" + found + "]");
        }
        return PieceList.decode(node, type(row), metadata.version(), bytes);
      }
      return new OplogEntry.SmallFile(
          node, type(row), metadata.version(), sha256, ByteString.fromArrayUnsafe(bytes));
    } catch (DamageException | IllegalArgumentException e) {
      throw new DamageException(place(row) + ": " + e.getMessage(), e);
    }
  }

  static String nodeId(InnerRow row) {
    return text(row, NODE_ID);
  }

  static NodeType type(InnerRow row) {
    return NodeType.ofStoredName(text(row, FILE_TYPE));
  }

  static String metadata(InnerRow row) {
    return text(row, METADATA);
  }

  /** Returns the stored bytes; a row that must have some and has not is damage. */
  private static byte[] content(InnerRow row) {
    byte @Nullable [] content = contentOrNull(row);
    if (content == null) {
      throw new DamageException("no content");
    }
    return content;
  }

  static byte @Nullable [] contentOrNull(InnerRow row) {
    return (byte[]) row.values().get(CONTENT);
  }

  private static String text(InnerRow row, int column) {
    if (row.values().get(column) instanceof String text) {
      return text;
    }
    throw new DamageException("no " + OplogSchema.ENTRY.get(column).name());
  }

  private static String place(InnerRow row) {
    return String.format(
        "partition [%s] sequence number [%d] transaction [%d]",
        row.partId(), row.seqNr(), row.txnSeq());
  }
}
