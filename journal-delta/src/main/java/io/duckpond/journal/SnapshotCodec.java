package io.duckpond.journal;

import static java.util.Objects.requireNonNull;

import io.duckpond.journal.arrow.CodecColumn;
import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RowSink;
import java.util.List;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots as columns: when it was saved (milliseconds since the epoch, as its metadata has it),
 * the snapshot and, for replicated actors, its metadata, each by Pekko's serialization.
 */
final class SnapshotCodec implements EventCodec {
  private static final int SAVED_AT = 0;
  private static final int SNAPSHOT = 1;
  private static final int METADATA = 4;

  static final List<CodecColumn> COLUMNS =
      List.of(
          new CodecColumn("saved_at", CodecColumn.Type.INT64, false),
          new CodecColumn("serializer_id", CodecColumn.Type.INT32, false),
          new CodecColumn("snapshot_manifest", CodecColumn.Type.UTF8, false),
          new CodecColumn("payload", CodecColumn.Type.BINARY, false),
          new CodecColumn("metadata_serializer_id", CodecColumn.Type.INT32, true),
          new CodecColumn("metadata_manifest", CodecColumn.Type.UTF8, true),
          new CodecColumn("metadata_payload", CodecColumn.Type.BINARY, true));

  private final Serialization serialization;

  SnapshotCodec(ActorSystem system) {
    this.serialization = SerializationExtension.get(system);
  }

  @Override
  public List<CodecColumn> columns() {
    return COLUMNS;
  }

  @Override
  public void encode(Object event, RowSink sink) {
    StoredSnapshot stored = (StoredSnapshot) event;
    @Nullable Object[] values = new @Nullable Object[COLUMNS.size()];
    values[SAVED_AT] = stored.metadata().timestamp();
    serialize(stored.snapshot(), values, SNAPSHOT);
    if (stored.metadata().metadata().isDefined()) {
      serialize(stored.metadata().metadata().get(), values, METADATA);
    }
    sink.event(values);
  }

  private void serialize(Object object, @Nullable Object[] values, int at) {
    try {
      values[at + 2] = serialization.serialize(object).get();
      Serializer serializer = serialization.findSerializerFor(object);
      values[at] = serializer.identifier();
      values[at + 1] = Serializers.manifestFor(serializer, object);
    } catch (Exception e) {
      throw new IllegalArgumentException(
          "no serializer takes a snapshot of " + object.getClass().getName(), e);
    }
  }

  /** Returns when the snapshot of a row was saved, milliseconds since the epoch. */
  static long savedAt(InnerRow row) {
    return (Long) requireNonNull(row.values().get(SAVED_AT));
  }

  @Override
  public StoredSnapshot decode(List<InnerRow> rows) {
    InnerRow row = rows.get(0);
    SnapshotMetadata bare = new SnapshotMetadata(row.partId(), row.seqNr(), savedAt(row));
    SnapshotMetadata metadata =
        row.values().get(METADATA) == null
            ? bare
            : bare.withMetadata(deserialize(row.values(), METADATA));
    return new StoredSnapshot(metadata, deserialize(row.values(), SNAPSHOT));
  }

  private Object deserialize(List<@Nullable Object> values, int at) {
    return serialization
        .deserialize(
            (byte[]) requireNonNull(values.get(at + 2)),
            (Integer) requireNonNull(values.get(at)),
            (String) requireNonNull(values.get(at + 1)))
        .get();
  }
}
