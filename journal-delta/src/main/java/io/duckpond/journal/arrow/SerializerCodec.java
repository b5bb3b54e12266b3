package io.duckpond.journal.arrow;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.jspecify.annotations.Nullable;

/**
 * The codec of an application that has none of its own: any event that Pekko's serialization takes,
 * as serializer id, manifest and bytes.
 */
public final class SerializerCodec implements EventCodec {
  /**
   * Stands in place of a serializer's id where the row is no event but a {@link Blob}: no
   * serializer has it. Never to be changed.
   */
  private static final int BLOB = 724_110_232;

  private static final List<CodecColumn> COLUMNS =
      List.of(
          new CodecColumn("serializer_id", CodecColumn.Type.INT32, false),
          new CodecColumn("event_manifest", CodecColumn.Type.UTF8, false),
          new CodecColumn("payload", CodecColumn.Type.BINARY, false));

  private final Serialization serialization;

  /** Uses the serializers that the system's configuration binds. */
  public SerializerCodec(ExtendedActorSystem system) {
    this.serialization = SerializationExtension.get(system);
  }

  @Override
  public List<CodecColumn> columns() {
    return COLUMNS;
  }

  @Override
  public void encode(Object event, RowSink sink) {
    try {
      byte[] payload = serialization.serialize(event).get();
      Serializer serializer = serialization.findSerializerFor(event);
      sink.event(serializer.identifier(), Serializers.manifestFor(serializer, event), payload);
    } catch (Exception e) {
      // Whatever a serializer throws (NotSerializableException, undeclared, among it), the event
      // cannot be stored and nothing has been.
      throw new IllegalArgumentException(
          "no serializer takes an event of " + event.getClass().getName() + ": " + e.getMessage(),
          e);
    }
  }

  @Override
  public Object decode(List<InnerRow> rows) {
    if (rows.size() != 1) {
      throw new IllegalArgumentException("[" + rows.size() + "] rows for one serialized event");
    }
    List<?> values = rows.get(0).values();
    return serialization
        .deserialize(
            (byte[]) requireNonNull(values.get(2)),
            (Integer) requireNonNull(values.get(0)),
            (String) requireNonNull(values.get(1)))
        .get();
  }

  @Override
  public @Nullable Object[] blobRow(Blob blob) {
    return new @Nullable Object[] {BLOB, blob.label(), blob.bytes()};
  }

  @Override
  public Optional<Blob> blob(InnerRow row) {
    List<?> values = row.values();
    return values.get(0) instanceof Integer serializer && serializer == BLOB
        ? Optional.of(
            new Blob(
                (String) requireNonNull(values.get(1)), (byte[]) requireNonNull(values.get(2))))
        : Optional.empty();
  }
}
