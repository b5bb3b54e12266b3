package io.duckpond.journal.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Merges records of any content, and takes them apart again: a frame around each says what it is.
 */
final class FramingMerger implements RecordMerger {
  private static final byte[] MARK = "merged records".getBytes(UTF_8);

  @Override
  public Optional<byte[]> merge(List<LogRecord> records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MARK);
      for (LogRecord record : records) {
        for (LogRecord part : parts(record)) {
          out.writeLong(part.firstVersion());
          out.writeLong(part.version());
          out.writeLong(part.firstTxnSeq());
          out.writeLong(part.txnSeq());
          out.writeLong(part.timestampMicros());
          out.writeInt(part.count());
          out.writeInt(part.content().length);
          out.write(part.content());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(bytes.toByteArray());
  }

  @Override
  public Sha256 digest(LogRecord record) {
    Sha256 sum = Sha256.ZERO;
    for (LogRecord part : parts(record)) {
      sum = sum.plus(Sha256.of(TableModel.identity(part).getBytes(UTF_8)));
    }
    return sum;
  }

  /** Returns the records that were merged into one; itself, if none were. */
  static List<LogRecord> parts(LogRecord record) {
    byte[] content = record.content();
    if (content.length < MARK.length
        || !Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length)) {
      return List.of(record);
    }
    List<LogRecord> parts = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(
            new ByteArrayInputStream(content, MARK.length, content.length - MARK.length))) {
      while (in.available() > 0) {
        long firstVersion = in.readLong();
        long version = in.readLong();
        long firstTxnSeq = in.readLong();
        long txnSeq = in.readLong();
        long timestamp = in.readLong();
        int count = in.readInt();
        byte[] bytes = in.readNBytes(in.readInt());
        parts.add(
            new LogRecord(
                record.partId(),
                record.kind(),
                firstVersion,
                version,
                firstTxnSeq,
                txnSeq,
                timestamp,
                count,
                Sha256.of(bytes),
                bytes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parts;
  }
}
