package io.duckpond.journal.query;

import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** A {@link CommitOffset} as twelve bytes: transaction and index, big-endian. */
public final class CommitOffsetSerializer extends SerializerWithStringManifest {
  /** Stands beside what is stored: never to be changed. */
  private static final int IDENTIFIER = 724_110_231;

  private static final String MANIFEST = "1";
  private static final int BYTES = Long.BYTES + Integer.BYTES;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object offset) {
    return MANIFEST;
  }

  @Override
  public byte[] toBinary(Object object) {
    CommitOffset offset = (CommitOffset) object;
    return ByteBuffer.allocate(BYTES).putLong(offset.txnSeq()).putInt(offset.index()).array();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    if (!manifest.equals(MANIFEST) || bytes.length != BYTES) {
      throw new NotSerializableException(
          "[" + bytes.length + "] bytes of manifest [" + manifest + "] are no commit offset");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return CommitOffset.of(buffer.getLong(), buffer.getInt());
  }
}
