package io.duckpond.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import org.apache.pekko.util.ByteString;

/** Byte strings as CBOR has them. */
final class BinaryBytes {
  private BinaryBytes() {}

  /** Writes them. */
  static final class Writer extends JsonSerializer<ByteString> {
    @Override
    public void serialize(ByteString bytes, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeBinary(bytes.toArray());
    }
  }

  /** Reads them. */
  static final class Reader extends JsonDeserializer<ByteString> {
    @Override
    public ByteString deserialize(JsonParser from, DeserializationContext context)
        throws IOException {
      return ByteString.fromArray(from.getBinaryValue());
    }
  }
}
