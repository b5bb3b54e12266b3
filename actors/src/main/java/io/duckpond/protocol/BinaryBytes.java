package io.duckpond.protocol;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.apache.pekko.util.ByteString;

/** Marks a byte string that is written as CBOR has them. */
@JacksonAnnotationsInside
@JsonSerialize(using = BinaryBytes.Writer.class)
@JsonDeserialize(using = BinaryBytes.Reader.class)
@Retention(RetentionPolicy.RUNTIME)
@interface BinaryBytes {

  /** Writes them. */
  final class Writer extends JsonSerializer<ByteString> {
    @Override
    public void serialize(ByteString bytes, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeBinary(bytes.toArray());
    }
  }

  /** Reads them. */
  final class Reader extends JsonDeserializer<ByteString> {
    @Override
    public ByteString deserialize(JsonParser from, DeserializationContext context)
        throws IOException {
      return ByteString.fromArray(from.getBinaryValue());
    }
  }
}
